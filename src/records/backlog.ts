import type { Queryable } from './db.ts'

/** What one office has waiting: messages not yet taken in, not yet gone out, and held until their citizen writes. */
export type Backlog = { inbox: number; outbox: number; oldest: Date | null; held: number }

/** Costs what waits, by partial indexes that hold nothing else. */
export async function backlogOf(on: Queryable, office: string): Promise<Backlog> {
  const { rows } = await on.query<Backlog>(
    `select
      (select count(*) from inbox where status = 'pending' and office = $1)::int as inbox,
      (select count(*) from outbox where status in ('waiting', 'sending') and office = $1)::int as outbox,
      (select min(due_at) from outbox where status in ('waiting', 'sending') and office = $1 and due_at <= now()) as oldest,
      (select count(*) from outbox where status = 'held' and office = $1)::int as held`,
    [office],
  )
  return rows[0] ?? { inbox: 0, outbox: 0, oldest: null, held: 0 }
}
