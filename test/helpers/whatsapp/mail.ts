import type { Connection } from './connection.ts'
import { SERVER, type Stanza, stanza } from './stanza.ts'
import { instant, type Linked } from './world.ts'

/** A stanza on its way to a linked device, kept until the device has acknowledged it. */
export type Letter = {
  key: string
  node: Stanza
  at: number
  /** The connection it was last sent on. */
  sentOn: Connection | undefined
}

/** What an acknowledgement must name. Receipts of one message differ by who gave them, and of what kind. */
export function keyOf(tag: string, { id, from, to, participant, type }: Stanza['attrs']): string {
  const rest = tag === 'receipt' ? [from ?? to, participant, type] : []
  return [tag, id, ...rest.map(one => one ?? '')].join('/')
}

function sendLetter(connection: Connection, letter: Letter, offline: number | undefined): void {
  letter.sentOn = connection
  const { tag, attrs, content } = letter.node
  connection.send(offline === undefined ? letter.node : stanza(tag, { ...attrs, offline }, content))
}

/** Puts a stanza into a device's mail, and sends it now if somebody is there for it. */
export function mail(device: Linked, node: Stanza): void {
  const letter: Letter = { key: keyOf(node.tag, node.attrs), node, at: instant(), sentOn: undefined }
  device.mail.push(letter)
  const { live } = device
  if (live?.state !== 'active' || device.silent !== undefined) return
  if (device.window !== undefined) sendOffline(device)
  else sendLetter(live, letter, undefined)
}

/** The device is ready: says how much has waited for it. The letters follow once it asks for them. */
export function beginMail(device: Linked, connection: Connection): void {
  device.window = undefined
  if (device.silent !== undefined) return
  const count = device.mail.length
  if (count === 0) {
    connection.send(stanza('ib', { from: SERVER }, [stanza('offline', { count: 0 })]))
    return
  }
  device.window = 0
  const of = (tag: string) => device.mail.filter(one => one.node.tag === tag).length
  const preview = { count, message: of('message'), notification: of('notification'), receipt: of('receipt') }
  connection.send(stanza('ib', { from: SERVER }, [stanza('offline_preview', preview)]))
}

/** The device asks for so many offline letters at a time: as it acknowledges some, more follow. */
export function openWindow(device: Linked, count: number): void {
  if (device.window === undefined) return
  device.window = Math.max(1, count)
  sendOffline(device)
}

function sendOffline(device: Linked): void {
  const { live, window } = device
  if (live === undefined || window === undefined || window === 0) return
  const waiting = device.mail.filter(one => one.sentOn !== live)
  const flying = device.mail.length - waiting.length
  for (const letter of waiting.slice(0, Math.max(0, window - flying)))
    sendLetter(live, letter, waiting.length)
  if (device.mail.some(one => one.sentOn !== live)) return
  device.window = undefined
  live.send(stanza('ib', { from: SERVER }, [stanza('offline', { count: device.mail.length })]))
}

/** The device has acknowledged what goes by this key: it will not get it again. */
export function settle(device: Linked, key: string): void {
  const place = device.mail.findIndex(one => one.key === key)
  if (place >= 0) device.mail.splice(place, 1)
  sendOffline(device)
}
