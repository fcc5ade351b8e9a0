import type { Queryable } from './db.ts'

/** What one office has waiting: messages not yet taken in, not yet gone out, and held until their citizen writes. */
export type Backlog = { inbox: number; outbox: number; oldest: Date | null; held: number }

/**
 * Messages that wait for us. What is told to a desk late, by chance, is not among them before its time: whoever watches the count would
 * know to the minute when an anonymous report came.
 */
export const INBOX_WAITS = `status = 'pending' and (due_at <= now() or attempts > 0)`

/** Costs what waits, by partial indexes that hold nothing else. */
export async function backlogOf(on: Queryable, office: string): Promise<Backlog> {
  const { rows } = await on.query<Backlog>(
    `select
      (select count(*) from inbox where ${INBOX_WAITS} and office = $1)::int as inbox,
      (select count(*) from outbox where status in ('waiting', 'sending') and office = $1)::int as outbox,
      (select min(due_at) from outbox where status in ('waiting', 'sending') and office = $1 and due_at <= now()) as oldest,
      (select count(*) from outbox where status = 'held' and office = $1)::int as held`,
    [office],
  )
  return rows[0] ?? { inbox: 0, outbox: 0, oldest: null, held: 0 }
}
