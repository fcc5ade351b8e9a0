import type { Room } from '../actions/action.ts'
import { writesAnonymously } from '../conversation/dropped-anonymous.ts'
import { restingState, type State } from '../conversation/state.ts'
import { type ConversationRow, openRow } from '../inbox/open-conversation.ts'
import { wipeSaid } from '../inbox/wipe.ts'
import type { Keeping } from '../offices/keeping-days.ts'
import { type Db, transaction } from '../records/db.ts'
import { noteForgotten, noteGone } from '../records/forgotten.ts'
import { countGivenUp } from '../records/step-counts.ts'
import { daysOf, inTurn } from './forget-rows.ts'
import { BEFORE, KEPT, withDays } from './kept-rows.ts'

/** Conversations of one transaction, with what may be left of theirs. */
const TOGETHER = 100

/** Drafts nobody came back to: the conversation rests again, as if it had been cancelled. */
export function forgetDrafts(db: Db, room: Omit<Room, 'client'>, keeping: Keeping): Promise<number> {
  const { drafts } = KEPT
  const forget = () =>
    transaction(db, async client => {
      const { rows } = await client.query<ConversationRow & { office: string; updated_at: Date }>(
        `select r.* from ${withDays(drafts)} where ${drafts.over(BEFORE)}
         order by r.id limit ${TOGETHER} for update of r skip locked`,
        daysOf(drafts, keeping),
      )
      await countGivenUp(
        client,
        rows.map(({ id }) => id),
      )
      for (const row of rows) {
        const { resting, wasAnonymous } = restOf(row, room)
        await client.query(
          `update conversations set state = coalesce($2, state), flow = null, step = null, waiting = null, version = null,
             parked = null where id = $1`,
          [row.id, resting],
        )
        if (wasAnonymous) await Promise.all(wipeSaid(client, [row]))
      }
      const gone = rows.map(({ office, updated_at }) => ({ office, at: updated_at }))
      await noteForgotten(client, drafts.class, gone)
      return rows.length
    })
  return inTurn(db, forget, TOGETHER)
}

/**
 * The state at rest of this conversation, and whether what is dropped was written by somebody who asked not to be known; null when its
 * own cannot be read: that is mended when somebody writes there.
 */
function restOf(
  row: ConversationRow,
  room: Omit<Room, 'client'>,
): { resting: Buffer | null; wasAnonymous: boolean } {
  try {
    const { id, key, state } = openRow(row, room.sealing)
    const old = state as State
    const { notices } = old
    const seen = notices === undefined ? {} : { notices }
    const resting = { ...restingState(old.language), turn: old.turn, ...seen }
    const sealed = room.sealing.seal(key, `conversations.state.${id}`, JSON.stringify(resting))
    return { resting: sealed, wasAnonymous: writesAnonymously(old) }
  } catch {
    return { resting: null, wasAnonymous: false }
  }
}

/** Citizens' conversations nobody used for so long, with all that is only theirs. */
export function forgetChats(db: Db, keeping: Keeping): Promise<number> {
  const { chats } = KEPT
  const text = `with over as (
      select r.id from ${withDays(chats)} where ${chats.over(BEFORE)}
      order by r.id limit ${TOGETHER} for update of r skip locked
    ), gone as (
      delete from conversations where id in (select id from over) returning id, office, updated_at as at
    ), said as (
      delete from outbox where conversation_id in (select id from gone)
    ), wishes as (
      delete from subscriptions where conversation_id in (select id from gone)
    ), dates as (
      delete from reminders where conversation_id in (select id from gone)
    ), sent as (
      delete from files where conversation_id in (select id from gone) and ticket_id is null
    ), noted as (${noteGone(chats.class)})
    select count(*)::int as count from gone`
  const forget = async () => {
    const { rows } = await db.pool.query<{ count: number }>(text, daysOf(chats, keeping))
    return rows[0]?.count ?? 0
  }
  return inTurn(db, forget, TOGETHER)
}
