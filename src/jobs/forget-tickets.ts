import type { PoolClient } from 'pg'
import { type Keeping, USUAL_DAYS } from '../offices/keeping-days.ts'
import { type Db, transaction } from '../records/db.ts'
import { forgetAbout } from '../records/forget-about.ts'
import { noteForgotten } from '../records/forgotten.ts'
import { daysOf, inTurn, restAfter } from './forget-rows.ts'
import { BEFORE, KEPT, withDays } from './kept-rows.ts'

/** Found in one look over all tickets, and forgotten so many a transaction. */
const [FOUND, TOGETHER] = [10_000, 200]
/** A desk's turn that was under way while its ticket was erased has ended long before. */
const LATE_DAYS = 2

/**
 * Closed tickets whose time is over lose their key, and with it every word, also those at the desks; code, kind and dates
 * stay for the figures. What a desk's turn wrote while a ticket was being erased is found here too.
 */
export async function forgetTickets(db: Db, keeping: Keeping): Promise<number> {
  const days = daysOf(KEPT.tickets, keeping)
  const forgotten = await inTurn(
    db,
    async () => {
      const { rows } = await db.pool.query<{ id: string }>(
        `select r.id from ${withDays(KEPT.tickets)} where ${KEPT.tickets.over(BEFORE)} limit ${FOUND}`,
        days,
      )
      const ids = rows.map(({ id }) => id)
      for (let n = 0; n < ids.length && !db.pool.ending; n += TOGETHER) {
        const began = performance.now()
        await transaction(db, client => erase(client, ids.slice(n, n + TOGETHER), days))
        if (n + TOGETHER < ids.length) await restAfter(began)
      }
      return ids.length
    },
    FOUND,
  )
  await forgetLate(db, Math.min(USUAL_DAYS.tickets, ...days[1]))
  return forgotten
}

/** Asked again whether they are over: one may have been reopened since it was found. */
async function erase(client: PoolClient, ids: string[], days: ReturnType<typeof daysOf>): Promise<void> {
  const { rows } = await client.query<{ id: string; office: string; at: Date }>(
    `with over as (
       select r.id, r.office, r.closed_at as at from ${withDays(KEPT.tickets)}
       where r.id = any($4::uuid[]) and ${KEPT.tickets.over(BEFORE)} order by r.id for update of r
     ), keys as (
       update tickets set wrapped_key = null, fields = null, taken_by = null, conversation_id = null
       where id in (select id from over)
     ), events as (
       update ticket_events set sealed = null where ticket_id in (select id from over) and sealed is not null
     ), gone as (
       delete from files where ticket_id in (select id from over)
     )
     select id, office, at from over`,
    [...days, ids],
  )
  await forgetAbout(
    client,
    rows.map(({ id }) => id),
  )
  await noteForgotten(client, 'tickets', rows)
}

async function forgetLate(db: Db, shortest: number): Promise<void> {
  await transaction(db, async client => {
    const { rows } = await client.query<{ id: string }>(
      `select id from tickets where wrapped_key is null
         and (updated_at > now() - $1 * interval '1 day' or closed_at > now() - $2 * interval '1 day')
         and (exists (select 1 from inbox where about = tickets.id) or exists (select 1 from outbox where about = tickets.id))`,
      [LATE_DAYS, shortest + LATE_DAYS],
    )
    await forgetAbout(
      client,
      rows.map(({ id }) => id),
    )
  })
}
