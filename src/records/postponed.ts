import type { PoolClient } from 'pg'
import type { Queryable } from './db.ts'
import { ENDED } from './statuses.ts'

/** Puts a ticket off to a day; null takes that back. */
export async function postpone(on: Queryable, ticketId: string, until: string | null): Promise<void> {
  await on.query('update tickets set postponed_until = $2 where id = $1', [ticketId, until])
}

export type Returned = { id: string; code: string; desk: string; postponed_until: string }

/** Takes the tickets whose day has come, by the calendar of their office; those that ended meanwhile come back to nobody. */
export async function takeReturned(client: PoolClient, office: string, today: string): Promise<Returned[]> {
  const { rows } = await client.query<Returned & { status: (typeof ENDED)[number] }>(
    `with due as (
       select id, postponed_until from tickets where office = $1 and postponed_until <= $2 order by id limit 500
       for update skip locked
     )
     update tickets t set postponed_until = null from due where t.id = due.id
     returning t.id, t.code, t.desk, t.status, due.postponed_until`,
    [office, today],
  )
  return rows.filter(({ status }) => !ENDED.includes(status))
}
