import type { Queryable } from './db.ts'

/** Of so many rows one at least must be old for their place to count as old: a few are dated anew, or late. */
const LOOKED_AT = 20

/**
 * The number of the last row written more than `days` ago, 0 without any. Found by halving, some twenty looks at the primary key: numbers
 * rise with time, and an index on the time would have to be written with every turn, and built over millions of rows.
 */
export async function lastBefore(
  on: Queryable,
  { table, moment, days }: { table: 'inbox' | 'outbox'; moment: string; days: number },
): Promise<number> {
  const { rows: ends } = await on.query<{ first: number | null; last: number | null }>(
    `select min(id) as first, max(id) as last from ${table}`,
  )
  let low = (ends[0]?.first ?? 1) - 1
  let high = ends[0]?.last ?? 0
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const { rows } = await on.query<{ old: boolean; last: number }>(
      `select bool_or(${moment} < now() - $2 * interval '1 day') as old, min(id) as last
       from (select id, ${moment} from ${table} where id >= $1 order by id limit ${LOOKED_AT}) l`,
      [middle, days],
    )
    if (rows[0]?.old === true) low = Math.max(middle, Math.min(high, rows[0].last))
    else high = middle - 1
  }
  return low
}
