import type { Room } from '../actions/action.ts'
import type { Offer } from '../outbox/handover.ts'
import { releaseHeld } from '../outbox/held.ts'
import { laneOf } from '../outbox/lanes.ts'
import { conversationRow } from './conversation-row.ts'
import { handOver, type Said } from './hand-over.ts'
import { inboxRows } from './inbox-row.ts'
import type { OpenConversation } from './open-conversation.ts'
import { sayingRow } from './saying-row.ts'
import type { Taken } from './taken.ts'
import { wipeSaid } from './wipe.ts'
import { FEWER_HEARD, writeStatement } from './write-statement.ts'

/** Somebody else took one of these messages in the meantime: nothing of this batch is written. */
class TakenElsewhere extends Error {
  override name = 'TakenElsewhere' as const
}

/**
 * Asks for everything a batch came to, at once and in this order, and gives the answers to come: the commit may be asked for right
 * behind. The one place where turns, what they say and what they tell become records.
 */
export function writeTaken(room: Room, taken: Taken, offer: Offer): Promise<unknown>[] {
  const conversations = [...new Set(taken.turns.map(({ conversation }) => conversation))]
  const lively = new Set(
    taken.turns
      .filter(({ arrival }) => arrival.said.type !== 'silence')
      .map(({ conversation }) => conversation),
  )
  const rows = conversations.map(one => conversationRow(room, one, lively.has(one)))
  const said = taken.sayings.map(saying =>
    sayingRow(room, saying, offer.may(saying.conversation.id, laneOf(saying.conversation), saying.urgency)),
  )
  const heard = inboxRows(room, taken)
  if (heard.length === 0) return []
  const statement = writeStatement({
    again: rows.filter(({ conversation }) => !conversation.fresh),
    fresh: rows.filter(({ conversation }) => conversation.fresh),
    said,
    heard,
  })
  return [
    ...letGo(room, taken, offer),
    room.client.query<Said | { id: null }>(statement).then(
      ({ rows: written }) =>
        handOver(
          room.sealing,
          taken,
          written.flatMap(row => (row.id === null ? [] : [row])),
          offer.until,
        ),
      (error: unknown) => {
        throw isFewer(error)
          ? new TakenElsewhere('A message of this batch was taken by another process.')
          : error
      },
    ),
    ...noteStopped(room, conversations),
    ...wipeSaid(
      room.client,
      conversations.filter(({ wipe }) => wipe),
    ),
  ]
}

function isFewer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === FEWER_HEARD
}

/** Somebody wrote: what was held for them leaves, before what is said to them now. */
function letGo(room: Room, { turns }: Taken, offer: Offer): Promise<unknown>[] {
  const heard = turns.filter(
    ({ arrival, conversation }) => arrival.said.type === 'replied' && offer.holds(conversation.channel),
  )
  if (heard.length === 0) return []
  return [
    releaseHeld(
      room.client,
      heard.map(({ conversation }) => conversation.id),
    ),
  ]
}

/** After they are written: STOP may be the first thing ever said at an address. */
function noteStopped(room: Room, conversations: OpenConversation[]): Promise<unknown>[] {
  const ids = conversations.filter(({ stop }) => stop).map(({ id }) => id)
  if (ids.length === 0) return []
  return [room.client.query('update conversations set stopped = true where id = any($1::uuid[])', [ids])]
}
