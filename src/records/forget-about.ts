import type { Queryable } from './db.ts'

/**
 * Forgets what was said of these tickets at the desks: cards, what staff typed, and what a desk was still to be told. All
 * of it is sealed under the desks' keys, so destroying a ticket's own key leaves it readable. Gives how much went.
 */
export async function forgetAbout(on: Queryable, ticketIds: string[]): Promise<number> {
  if (ticketIds.length === 0) return 0
  const heard = await on.query(
    // What still waits is done with: there is nothing left to tell.
    `update inbox set sealed = null, about = null, due_at = null,
       status = case status when 'pending' then 'done' else status end
     where about = any($1::uuid[])`,
    [ticketIds],
  )
  const said = await on.query('delete from outbox where about = any($1::uuid[])', [ticketIds])
  return (heard.rowCount ?? 0) + (said.rowCount ?? 0)
}
