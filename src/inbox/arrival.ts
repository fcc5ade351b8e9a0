import type { ChannelName, InboundMessage } from '../channels/channel.ts'
import { deskAddress, deskConversation } from '../desk/desk-address.ts'
import { hashOfAddress, hashOfMessage } from '../records/look-up.ts'
import type { Sealing } from '../records/sealing.ts'

/** Whose conversation something belongs to. A desk's is found wherever its group is. */
export type Target = { conversationId: string } | { address: string } | { desk: string }

/** What happened, without its time: an `Event` of the engine or a `DeskEvent`, as JSON. */
export type Said = Record<string, unknown> & { type: string }

/** The ticket somebody is told of; null when what happened names none. */
export function ticketIn({ ticketId }: Said): string | null {
  return typeof ticketId === 'string' ? ticketId : null
}

/** One thing to take in: a message from a channel, or what another conversation told. */
export type Arrival = {
  office: string
  channel: ChannelName
  to: Target
  party: 'citizen' | 'desk'
  desk: string | null
  language: string | null
  said: Said
  at: Date
  messageHash: Buffer
  addressHash: Buffer | null
  /** Told by another conversation: it stands in the inbox already, and nothing has to wait for it. */
  told: boolean
  /** Set when it was read from the inbox, where it was waiting. */
  row: { id: number; attempts: number } | null
}

export function arrivalOf(message: InboundMessage, sealing: Sealing): Arrival {
  return {
    office: message.office,
    channel: message.channel,
    to: { address: message.address },
    party: message.from.is,
    desk: message.from.is === 'desk' ? message.from.desk : null,
    language: message.language ?? null,
    said: message.from.is === 'desk' ? staffSaid(message, message.from) : citizenSaid(message),
    at: message.sentAt,
    messageHash: hashOfMessage(sealing, message.office, message.channel, message.externalId),
    addressHash: hashOfAddress(sealing, message),
    told: false,
    row: null,
  }
}

/** Whether it stands in the inbox already, so that it is not lost when nobody takes it now. */
export function isStored({ told, row }: Pick<Arrival, 'told' | 'row'>): boolean {
  return told || row !== null
}

function citizenSaid(message: InboundMessage): Said {
  return {
    type: 'replied',
    kind: message.kind,
    text: message.text,
    ...(message.choice === undefined ? {} : { choice: message.choice }),
    ...(message.file === undefined ? {} : { file: message.file }),
    ...(message.unkept === undefined ? {} : { unkept: true }),
    ...(message.location === undefined ? {} : { location: message.location }),
    ...(message.start === undefined ? {} : { start: message.start }),
    ...(message.edits === undefined ? {} : { edited: true }),
    ...(message.picks === undefined ? {} : { picks: message.picks, replyTo: message.replyTo }),
  }
}

function staffSaid(message: InboundMessage, { staff, account }: { staff: string; account?: string }): Said {
  return {
    type: 'staff_said',
    staff,
    text: message.text,
    ...(account === undefined ? {} : { account }),
    ...(message.choice === undefined ? {} : { choice: message.choice }),
    ...(message.file === undefined ? {} : { file: message.file.id }),
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
    ...(message.picks === undefined ? {} : { picks: message.picks }),
    ...(message.thread === undefined ? {} : { thread: message.thread }),
    ...(message.ref === undefined ? {} : { ref: message.ref }),
    ...(message.edits === undefined ? {} : { edits: message.edits }),
  }
}

/** An arrival as it waits in the inbox: everything but what the row's own columns hold. */
export function packArrival(arrival: Arrival): string {
  const { to, party, desk, language, said, at, told } = arrival
  return JSON.stringify({ to, party, desk, language, said, at: at.toISOString(), told })
}

export type WaitingRow = {
  id: number
  office: string
  channel: ChannelName
  message_hash: Buffer
  sealed: Buffer
  attempts: number
}

export function unpackArrival(row: WaitingRow, sealing: Sealing): Arrival {
  const packed = JSON.parse(
    sealing.openLoose(placeOf({ messageHash: row.message_hash }), row.sealed),
  ) as Omit<Arrival, 'at'> & { at: string }
  const { office, channel } = row
  const { to } = packed
  return {
    ...packed,
    office,
    channel,
    at: new Date(packed.at),
    messageHash: row.message_hash,
    addressHash: hashOfTarget(sealing, { office, channel, to }),
    row: { id: row.id, attempts: row.attempts },
  }
}

/** The hash of where a target is; a desk's is that of the page it has while no group is its own. */
export function hashOfTarget(
  sealing: Sealing,
  { office, channel, to }: Pick<Arrival, 'office' | 'channel' | 'to'>,
): Buffer | null {
  if ('conversationId' in to) return null
  return hashOfAddress(sealing, 'desk' in to ? deskAddress(office, to.desk) : { office, channel, ...to })
}

/** By what a conversation is known before it is loaded, so that nothing of it is taken twice at once. */
export function whoseOf({ office, party, desk, addressHash, to }: Arrival): string {
  if (party === 'desk' && desk !== null) return deskConversation(office, desk)
  if ('conversationId' in to) return to.conversationId
  return addressHash === null ? '' : addressHash.toString('latin1')
}

/** Where an inbox row's words are sealed to: its message, since the row has no number before it is written. */
export function placeOf({ messageHash }: Pick<Arrival, 'messageHash'>): `inbox.${string}` {
  return `inbox.${messageHash.toString('base64url')}`
}
