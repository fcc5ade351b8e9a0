import type { Queryable } from './db.ts'

export type SavedView = { name: string; query: string }

/** More than these nobody finds again. */
const MOST = 12

/** Filters somebody saved, by name. */
export async function savedViewsOf(on: Queryable, staffId: string): Promise<SavedView[]> {
  const { rows } = await on.query<SavedView>(
    `select name, query from saved_views where staff_id = $1 order by name limit ${MOST}`,
    [staffId],
  )
  return rows
}

/** Saves a filter under a name; an empty filter takes the name back. */
export async function saveView(on: Queryable, staffId: string, { name, query }: SavedView): Promise<void> {
  if (query === '')
    await on.query('delete from saved_views where staff_id = $1 and name = $2', [staffId, name])
  else
    await on.query(
      `insert into saved_views (staff_id, name, query) values ($1, $2, $3)
       on conflict (staff_id, name) do update set query = excluded.query`,
      [staffId, name, query],
    )
}
