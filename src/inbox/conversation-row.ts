import type { Room } from '../actions/action.ts'
import type { State } from '../conversation/state.ts'
import { bytes, type Column, int, text, uuid } from '../records/columns.ts'
import type { OpenConversation } from './open-conversation.ts'

/** Where a conversation stands after its turns, sealed and ready to be written. */
export type ConversationRow = {
  conversation: OpenConversation
  sealed: Buffer
  citizen: State | null
  /** Something happened here besides a silence that we noted ourselves. */
  lively: boolean
}

/** What every turn changes. */
const STAND_COLUMNS: Column<ConversationRow>[] = [
  uuid('id', ({ conversation }) => conversation.id),
  bytes('state', ({ sealed }) => sealed),
  int('turn', ({ conversation }) => conversation.turn),
  int('last_seq', ({ conversation }) => conversation.lastSeq),
  text('language', ({ citizen }) => citizen?.language ?? 'id'),
  text('flow', ({ citizen }) => citizen?.at?.flow ?? null),
  text('step', ({ citizen }) => citizen?.at?.step ?? null),
  text('waiting', ({ citizen }) => citizen?.at?.waiting ?? (citizen?.parked === undefined ? null : 'parked')),
  text('version', ({ citizen }) => citizen?.at?.version ?? null),
  text('parked', ({ citizen }) => citizen?.parked?.version ?? null),
]

/** What is written of a conversation that stands in the records already. */
export const AGAIN_COLUMNS: Column<ConversationRow>[] = [
  ...STAND_COLUMNS,
  int('lively', ({ lively }) => (lively ? 1 : 0)),
]

/** What never changes, written with the first turn. */
export const FRESH_COLUMNS: Column<ConversationRow>[] = [
  ...STAND_COLUMNS,
  text('office', ({ conversation }) => conversation.office),
  text('channel', ({ conversation }) => conversation.channel),
  bytes('address_hash', ({ conversation }) => conversation.addressHash),
  text('party', ({ conversation }) => conversation.party),
  text('desk', ({ conversation }) => conversation.desk),
  bytes('address', ({ conversation }) => conversation.address),
  bytes('wrapped_key', ({ conversation }) => conversation.wrappedKey),
]

export function conversationRow(
  room: Room,
  conversation: OpenConversation,
  lively: boolean,
): ConversationRow {
  const { id, key, party, state } = conversation
  return {
    conversation,
    sealed: room.sealing.seal(key, `conversations.state.${id}`, JSON.stringify(state)),
    citizen: party === 'citizen' ? (state as State) : null,
    lively,
  }
}
