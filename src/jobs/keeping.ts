import type { Room } from '../actions/action.ts'
import { restingState, type State } from '../conversation/state.ts'
import { type ConversationRow, openRow } from '../inbox/open-conversation.ts'
import { wipeDue } from '../inbox/wipe.ts'
import { type Db, transaction } from '../records/db.ts'
import { forgetAbout } from '../records/forget-about.ts'
import { forgetOldQuestions } from '../records/questions.ts'
import { forgetOldRegistrations } from '../records/registrations.ts'
import { endSurveyDrafts } from './survey-drafts.ts'

/** How long what is kept: design §5. An office's own archive schedule is to override each. */
export const KEEPING_DAYS = {
  draft: 7,
  words: 90,
  messageIds: 30,
  ticketsAfterClosing: 365,
  resting: 90,
  registrations: 30,
} as const

/** Forgets what its time is over for. Each step may run again at any moment without harm. */
export async function forgetOld(
  db: Db,
  room: Omit<Room, 'client'>,
  files?: { sweep(): Promise<number> },
): Promise<Record<string, number>> {
  return {
    lastWords: await wipeDue(db),
    // Before drafts: what was answered of a survey is kept, though not by whom.
    surveys: await endSurveyDrafts(db, room, { days: KEEPING_DAYS.draft, now: new Date() }),
    drafts: await forgetDrafts(db, room),
    words: await forgetWords(db),
    questions: await forgetOldQuestions(db.pool, KEEPING_DAYS.words),
    registrations: await forgetOldRegistrations(db.pool, KEEPING_DAYS.registrations),
    tickets: await forgetTickets(db),
    chats: await forgetChats(db),
    // Last: rows deleted above leave their files behind.
    files: (await files?.sweep()) ?? 0,
  }
}

/** Drafts nobody came back to: the conversation rests again, as if it had been cancelled. */
async function forgetDrafts(db: Db, room: Omit<Room, 'client'>): Promise<number> {
  return transaction(db, async client => {
    const { rows } = await client.query<ConversationRow>(
      `select * from conversations where party = 'citizen' and waiting is not null
         and updated_at < now() - $1 * interval '1 day' order by id limit 500 for update skip locked`,
      [KEEPING_DAYS.draft],
    )
    for (const row of rows) {
      await client.query(
        `update conversations set state = coalesce($2, state), flow = null, step = null, waiting = null, version = null,
           parked = null where id = $1`,
        [row.id, restOf(row, room)],
      )
    }
    return rows.length
  })
}

/** The state at rest of this conversation; null when its own cannot be read: that is mended when somebody writes there. */
function restOf(row: ConversationRow, room: Omit<Room, 'client'>): Buffer | null {
  try {
    const { id, key, state } = openRow(row, room.sealing)
    const old = state as State
    const { notices } = old
    const seen = notices === undefined ? {} : { notices }
    const resting = { ...restingState(old.language), turn: old.turn, ...seen }
    return room.sealing.seal(key, `conversations.state.${id}`, JSON.stringify(resting))
  } catch {
    return null
  }
}

/** The words of conversations go, the path stays countable; ids of messages that belong to nobody go as well. */
async function forgetWords(db: Db): Promise<number> {
  const blanked = await db.pool.query(
    `update inbox set sealed = null, message_hash = sha256(convert_to(id::text || random()::text, 'utf8'))
     where sealed is not null and status = 'done' and received_at < now() - $1 * interval '1 day'`,
    [KEEPING_DAYS.words],
  )
  await db.pool.query(
    `delete from inbox where received_at < now() - $1 * interval '1 day'
       and ((status = 'done' and conversation_id is null) or status = 'quarantined')`,
    [KEEPING_DAYS.messageIds],
  )
  const said = await db.pool.query(
    `delete from outbox where created_at < now() - $1 * interval '1 day' and status in ('sent', 'merged', 'failed', 'unknown')`,
    [KEEPING_DAYS.words],
  )
  // What stood on buttons too long for Telegram: one of a question that is gone says that it has expired.
  await db.pool.query(`delete from long_options where kept_at < now() - $1 * interval '1 day'`, [
    KEEPING_DAYS.words,
  ])
  return (blanked.rowCount ?? 0) + (said.rowCount ?? 0)
}

/**
 * Closed tickets whose year is over lose their key, and with it every word, also those at the desks; code, kind and dates
 * stay for the figures. What a desk's turn wrote while a ticket was being erased is found here too.
 */
function forgetTickets(db: Db): Promise<number> {
  return transaction(db, async client => {
    const { rowCount } = await client.query(
      `with over as (
         update tickets set wrapped_key = null, fields = null, taken_by = null, conversation_id = null
         where wrapped_key is not null and closed_at < now() - $1 * interval '1 day' returning id
       ), events as (
         update ticket_events set sealed = null where ticket_id in (select id from over)
       ), gone as (
         delete from files where ticket_id in (select id from over)
       )
       select id from over`,
      [KEEPING_DAYS.ticketsAfterClosing],
    )
    const { rows } = await client.query<{ id: string }>(
      `select id from tickets where wrapped_key is null and (exists (select 1 from inbox where about = tickets.id)
         or exists (select 1 from outbox where about = tickets.id))`,
    )
    await forgetAbout(
      client,
      rows.map(({ id }) => id),
    )
    return rowCount ?? 0
  })
}

/**
 * Citizens' conversations nobody used for so long, with nothing open, no ticket that answers to them, and nothing asked for to be told of. One that was told
 * STOP stays, or we would speak first there again; but a session of the web dies with its 90 days.
 */
async function forgetChats(db: Db): Promise<number> {
  const { rowCount } = await db.pool.query(
    `with over as (
       delete from conversations where id in (
         select id from conversations c where party = 'citizen' and waiting is null and wipe_after is null
           and (not stopped or channel = 'web') and updated_at < now() - $1 * interval '1 day'
           and not exists (select 1 from tickets where conversation_id = c.id)
           and not exists (select 1 from subscriptions where conversation_id = c.id and channel <> 'web')
           and not exists (select 1 from reminders where conversation_id = c.id and remind_at is not null)
         order by id limit 500 for update skip locked)
       returning id
     ), said as (
       delete from outbox where conversation_id in (select id from over)
     ), wishes as (
       delete from subscriptions where conversation_id in (select id from over)
     ), dates as (
       delete from reminders where conversation_id in (select id from over)
     ), sent as (
       delete from files where conversation_id in (select id from over) and ticket_id is null
     )
     select id from over`,
    [KEEPING_DAYS.resting],
  )
  return rowCount ?? 0
}
