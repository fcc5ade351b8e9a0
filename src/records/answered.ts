import type { PoolClient } from 'pg'
import type { TicketRow } from './tickets.ts'

/** A ticket the office has answered and heard nothing of since. */
export type Answered = TicketRow & { answered_at: Date }

/** Answered tickets of an office that nobody has locked, the longest waiting first; locked until the end of the transaction. */
export async function answeredTickets(client: PoolClient, office: string, most: number): Promise<Answered[]> {
  const { rows } = await client.query<Answered>(
    `select t.*, e.answered_at from tickets t cross join lateral (
       select max(happened_at) as answered_at from ticket_events
       where ticket_id = t.id and type in ('replied', 'resolved', 'declined', 'not_ours', 'solved')) e
     where t.office = $1 and t.status = 'answered' and e.answered_at is not null
     order by e.answered_at, t.id limit $2 for update of t skip locked`,
    [office, most],
  )
  return rows
}
