import { randomUUID } from 'node:crypto'
import type { ChannelName } from '../channels/channel.ts'
import { restingState, type State } from '../conversation/state.ts'
import { deskConversation } from '../desk/desk-address.ts'
import { type DeskState, restingDesk } from '../desk/desk-state.ts'
import type { DataKey, Sealing } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'

/** A conversation while its lock is ours: what the row holds, unsealed. */
export type OpenConversation = {
  id: string
  office: string
  channel: ChannelName
  addressHash: Buffer
  address: Buffer
  party: 'citizen' | 'desk'
  desk: string | null
  key: DataKey
  wrappedKey: Buffer
  state: State | DeskState
  turn: number
  lastSeq: number
  /** Not in the records yet. */
  fresh: boolean
  /** Nothing said here may be kept: see `Outcome.wipe`. */
  wipe: boolean
  /** Nothing may be said here unasked any more: see `Outcome.stop`. */
  stop: boolean
}

export type ConversationRow = {
  id: string
  office: string
  channel: ChannelName
  address_hash: Buffer
  address: Buffer
  party: 'citizen' | 'desk'
  desk: string | null
  wrapped_key: Buffer
  state: Buffer
  turn: number
  last_seq: number
}

export function openRow(row: ConversationRow, sealing: Sealing): OpenConversation {
  const key = sealing.unwrap(row.wrapped_key, `conversations.${row.id}`)
  return {
    id: row.id,
    office: row.office,
    channel: row.channel,
    addressHash: row.address_hash,
    address: row.address,
    party: row.party,
    desk: row.desk,
    key,
    wrappedKey: row.wrapped_key,
    state: JSON.parse(sealing.open(key, `conversations.state.${row.id}`, row.state)),
    turn: row.turn,
    lastSeq: row.last_seq,
    fresh: false,
    wipe: false,
    stop: false,
  }
}

/** The first thing ever said at an address opens its conversation. */
export function openFresh(
  arrival: Arrival & { to: { address: string }; addressHash: Buffer },
  language: string,
  sealing: Sealing,
): OpenConversation {
  const id = arrival.desk === null ? randomUUID() : deskConversation(arrival.office, arrival.desk)
  const { key, wrapped } = sealing.newKey(`conversations.${id}`)
  return {
    id,
    office: arrival.office,
    channel: arrival.channel,
    addressHash: arrival.addressHash,
    address: sealing.seal(key, `conversations.address.${id}`, arrival.to.address),
    party: arrival.party,
    desk: arrival.desk,
    key,
    wrappedKey: wrapped,
    state: arrival.party === 'citizen' ? restingState(language) : restingDesk(),
    turn: 0,
    lastSeq: 0,
    fresh: true,
    wipe: false,
    stop: false,
  }
}
