import type { Room } from '../actions/action.ts'
import type { State } from '../conversation/state.ts'
import { bytes, type Column, int, text, uuid } from '../records/arrays.ts'
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
export const STAND_COLUMNS: Column<ConversationRow>[] = [
  uuid(({ conversation }) => conversation.id),
  bytes(({ sealed }) => sealed),
  int(({ conversation }) => conversation.turn),
  int(({ conversation }) => conversation.lastSeq),
  text(({ citizen }) => citizen?.language ?? 'id'),
  text(({ citizen }) => citizen?.at?.flow ?? null),
  text(({ citizen }) => citizen?.at?.step ?? null),
  text(({ citizen }) => citizen?.at?.waiting ?? (citizen?.parked === undefined ? null : 'parked')),
  text(({ citizen }) => citizen?.at?.version ?? null),
  text(({ citizen }) => citizen?.parked?.version ?? null),
]

/** What is written of a conversation that stands in the records already. */
export const AGAIN_COLUMNS: Column<ConversationRow>[] = [
  ...STAND_COLUMNS,
  int(({ lively }) => (lively ? 1 : 0)),
]

/** What never changes, written with the first turn. */
export const FRESH_COLUMNS: Column<ConversationRow>[] = [
  ...STAND_COLUMNS,
  text(({ conversation }) => conversation.office),
  text(({ conversation }) => conversation.channel),
  bytes(({ conversation }) => conversation.addressHash),
  text(({ conversation }) => conversation.party),
  text(({ conversation }) => conversation.desk),
  bytes(({ conversation }) => conversation.address),
  bytes(({ conversation }) => conversation.wrappedKey),
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
