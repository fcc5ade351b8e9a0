import type { Queryable } from './db.ts'

/** Chats that want to come to an agenda item, or wait for a place there. */
export async function registeredFor(on: Queryable, office: string, agenda: string): Promise<string[]> {
  const { rows } = await on.query<{ conversation_id: string }>(
    `select conversation_id from registrations where office = $1 and agenda = $2 and status <> 'cancelled' order by number`,
    [office, agenda],
  )
  return rows.map(({ conversation_id }) => conversation_id)
}

/** Which of these listings, as `agenda/id`, somebody is registered for. */
export async function registeredAmong(
  on: Queryable,
  office: string,
  abouts: readonly string[],
): Promise<Set<string>> {
  const items = abouts.flatMap(about => (about.startsWith('agenda/') ? [about.slice('agenda/'.length)] : []))
  if (items.length === 0) return new Set()
  const { rows } = await on.query<{ agenda: string }>(
    `select distinct agenda from registrations where office = $1 and agenda = any($2::text[]) and status <> 'cancelled'`,
    [office, items],
  )
  return new Set(rows.map(({ agenda }) => `agenda/${agenda}`))
}

/** How many have a place at an agenda item, and how many wait for one. */
export async function countRegistered(
  on: Queryable,
  office: string,
  agenda: string,
): Promise<{ confirmed: number; waiting: number }> {
  const { rows } = await on.query<{ confirmed: number; waiting: number }>(
    `select count(*) filter (where status = 'confirmed')::int as confirmed,
       count(*) filter (where status = 'waiting')::int as waiting
     from registrations where office = $1 and agenda = $2`,
    [office, agenda],
  )
  return rows[0] ?? { confirmed: 0, waiting: 0 }
}
