import { createHash } from 'node:crypto'
import type { Address } from '../channels/channel.ts'

/** Where a desk is spoken to while no group on a platform is its own: a page of ours, seen through the web channel. */
export function deskAddress(office: string, desk: string): Address {
  return { office, channel: 'web', address: `desk:${desk}` }
}

/**
 * The id of a desk's conversation, made of its name: who tells a desk something need not know where its group is, and the
 * group may move. A UUID of version 8, whose bits are free.
 */
export function deskConversation(office: string, desk: string): string {
  const name = `desk/${office}/${desk}`
  const known = ids.get(name) ?? idOf(name)
  ids.set(name, known)
  return known
}

/** As many as there are desks; asked several times for each thing told. */
const ids = new Map<string, string>()

function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
