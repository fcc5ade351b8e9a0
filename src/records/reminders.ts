import type { ChannelName } from '../channels/channel.ts'
import { REACHED, type Reach } from './announced.ts'
import type { Queryable } from './db.ts'
import type { DatedKind } from './listing-dates.ts'

/** A date somebody wants to be reminded of. */
export type Reminder = {
  id: number
  office: string
  conversationId: string
  kind: DatedKind
  listingId: string
  due: Date
  remindAt: Date | null
  toldDue: Date | null
}

const REMINDER = `id::int, office, conversation_id as "conversationId", kind, listing_id as "listingId", due,
  remind_at as "remindAt", told_due as "toldDue"`

/** Notes a wish, once a listing and chat; asked for again, it begins anew. */
export async function remember(
  on: Queryable,
  { office, conversationId, kind, listingId, due, remindAt }: Omit<Reminder, 'id' | 'toldDue'>,
): Promise<void> {
  await on.query(
    `insert into reminders (office, conversation_id, kind, listing_id, due, remind_at, created_at)
     values ($1, $2, $3, $4, $5, $6, now())
     on conflict (conversation_id, kind, listing_id) do update set due = excluded.due, remind_at = excluded.remind_at, told_due = null`,
    [office, conversationId, kind, listingId, due, remindAt],
  )
}

/** What one chat is still to be reminded of, the next first. */
export async function remindersOf(on: Queryable, conversationId: string): Promise<Reminder[]> {
  const { rows } = await on.query<Reminder>(
    `select ${REMINDER} from reminders where conversation_id = $1 and remind_at is not null order by remind_at`,
    [conversationId],
  )
  return rows
}

/** Everybody who wanted to be reminded of a listing, whether they were or not; locked until the end of the transaction. */
export async function remindersAbout(
  on: Queryable,
  office: string,
  kind: DatedKind,
  listingId: string,
): Promise<Reminder[]> {
  const { rows } = await on.query<Reminder>(
    `select ${REMINDER} from reminders where office = $1 and kind = $2 and listing_id = $3 order by id for update`,
    [office, kind, listingId],
  )
  return rows
}

/** Which of these listings, as `kind/id`, somebody wanted to be reminded of. */
export async function remindedOf(
  on: Queryable,
  office: string,
  abouts: readonly string[],
): Promise<Set<string>> {
  const { rows } = await on.query<{ about: string }>(
    `select distinct kind || '/' || listing_id as about from reminders
     where office = $1 and (kind, listing_id) in (
       select split_part(about, '/', 1), substr(about, strpos(about, '/') + 1) from unnest($2::text[]) as u(about))`,
    [office, abouts],
  )
  return new Set(rows.map(({ about }) => about))
}

/** Moves reminders to other moments; null: nothing is left to be said. */
export async function moveReminders(
  on: Queryable,
  moved: Pick<Reminder, 'id' | 'due' | 'remindAt'>[],
): Promise<void> {
  for (const { id, due, remindAt } of moved) {
    await on.query('update reminders set due = $2, remind_at = $3 where id = $1', [id, due, remindAt])
  }
}

/** A reminder that is to go out, with the next number at its chat. */
export type DueReminder = Reminder & {
  channel: ChannelName
  seq: number
  wrappedKey: Buffer
  language: string
}

/**
 * Takes the reminders of an office whose moment has come: each is taken once, by whoever is first. Who is in a turn just now is left for
 * the next time; nobody waits here.
 */
export async function takeDue(on: Queryable, reach: Reach, now: Date, most: number): Promise<DueReminder[]> {
  const { rows } = await on.query<DueReminder>(
    `with due as (
       select r.id, r.conversation_id from reminders r join conversations c on c.id = r.conversation_id
       where r.office = $3 and r.remind_at <= $1 and ${REACHED} order by r.remind_at limit $2 for update of r, c skip locked
     ), first as (
       -- Of several for one chat the others wait for the next time: each needs a number of its own.
       select distinct on (conversation_id) id, conversation_id from due order by conversation_id, id
     ), taken as (
       update reminders r set told_due = due, remind_at = null from first f where r.id = f.id returning r.*
     ), numbered as (
       update conversations c set last_seq = last_seq + 1 from first f where c.id = f.conversation_id
       returning c.id as chat, c.last_seq, c.wrapped_key, c.language, c.channel
     )
     select ${REMINDER}, channel, last_seq as seq, wrapped_key as "wrappedKey", language
     from taken join numbered on chat = conversation_id`,
    [now, most, reach.office, reach.linked, reach.only ?? null],
  )
  return rows
}

/** Ends one of a chat's own. */
export async function forgetReminder(on: Queryable, conversationId: string, id: number): Promise<boolean> {
  const { rowCount } = await on.query('delete from reminders where conversation_id = $1 and id = $2', [
    conversationId,
    id,
  ])
  return rowCount === 1
}

/** Forgets those whose date is long gone. */
export async function forgetPastReminders(on: Queryable, before: Date): Promise<number> {
  const { rowCount } = await on.query('delete from reminders where due < $1', [before])
  return rowCount ?? 0
}
