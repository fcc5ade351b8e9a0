import { randomUUID } from 'node:crypto'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** What takes two persons: who sent a confidential report, a table with what citizens wrote, figures published for good. */
export type TakesTwo = 'identity' | 'export' | 'publish'

/** An agreement is good for so long: long enough to do what it was for. */
const OPEN_MINUTES = 60
/** A wish nobody agreed to in a week is none any more. */
const ASKED_DAYS = 7

export type Wish = {
  id: string
  what: TakesTwo
  subject: string
  askedBy: string
  name: string
  why: string
  askedAt: Date
}

/** Asks for a second person; asking again for the same replaces what was asked before. Within a transaction. */
export async function askSecond(
  on: Queryable,
  sealing: Sealing,
  wish: { office: string; what: TakesTwo; subject: string; by: string; why: string },
): Promise<void> {
  // Locked, so that who presses many times at once asks one after another, and each sees the wish before.
  const { rows } = await on.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from staff where id = $1 for no key update',
    [wish.by],
  )
  const wrapped = rows[0]?.wrapped_key
  if (wrapped === undefined) throw new Error('Nobody on the list asked this.')
  const id = randomUUID()
  const reason = sealing.seal(
    sealing.unwrap(wrapped, `staff.${wish.by}`),
    `second_persons.reason.${id}`,
    wish.why,
  )
  await on.query(
    `with before as (
       delete from second_persons where what = $3 and subject = $4 and asked_by = $5 and agreed_at is null
     )
     insert into second_persons (id, office, what, subject, asked_by, reason, asked_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [id, wish.office, wish.what, wish.subject, wish.by, reason],
  )
}

/** What waits for somebody to agree, the oldest first. */
export async function openWishes(on: Queryable, sealing: Sealing, office: string): Promise<Wish[]> {
  const { rows } = await on.query<Omit<Wish, 'why'> & { reason: Buffer; wrapped_key: Buffer }>(
    `select w.id, w.what, w.subject, w.asked_by as "askedBy", s.name, w.reason, w.asked_at as "askedAt", s.wrapped_key
     from second_persons w join staff s on s.id = w.asked_by
     where w.office = $1 and w.agreed_at is null and w.refused_at is null and s.left_at is null
       and w.asked_at > now() - ${ASKED_DAYS} * interval '1 day' order by w.asked_at`,
    [office],
  )
  return rows.map(({ reason, wrapped_key, ...wish }) => ({
    ...wish,
    why: sealing.open(
      sealing.unwrap(wrapped_key, `staff.${wish.askedBy}`),
      `second_persons.reason.${wish.id}`,
      reason,
    ),
  }))
}

/** Agrees, or does not. Nobody agrees to their own wish: then nothing happens. Gives what it was, if it was open. */
export async function answerWish(
  on: Queryable,
  answer: { office: string; id: string; by: string; agree: boolean },
): Promise<{ what: TakesTwo; subject: string } | undefined> {
  const { rows } = await on.query<{ what: TakesTwo; subject: string }>(
    `update second_persons set agreed_by = case when $4 then $3::uuid end, agreed_at = case when $4 then now() end,
       refused_at = case when $4 then null else now() end
     where id = $1 and office = $2 and asked_by <> $3 and agreed_at is null and refused_at is null
     returning what, subject`,
    [answer.id, answer.office, answer.by, answer.agree],
  )
  return rows[0]
}

/** Where somebody's wish stands: nobody was asked, asked, or agreed to within the last hour. */
export async function standOf(
  on: Queryable,
  wish: { what: TakesTwo; subject: string; by: string },
): Promise<'none' | 'asked' | 'agreed'> {
  const { rows } = await on.query<{ agreed: boolean }>(
    `select agreed_at is not null as agreed from second_persons
     where what = $1 and subject = $2 and asked_by = $3 and refused_at is null
       and case when agreed_at is null then asked_at > now() - ${ASKED_DAYS} * interval '1 day'
         else agreed_at > now() - ${OPEN_MINUTES} * interval '1 minute' end
     order by agreed_at desc nulls last limit 1`,
    [wish.what, wish.subject, wish.by],
  )
  if (rows[0] === undefined) return 'none'
  return rows[0].agreed ? 'agreed' : 'asked'
}
