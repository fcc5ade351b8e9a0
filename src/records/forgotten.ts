import type { Queryable } from './db.ts'

/** What went of one class and month at an office. */
export type Gone = { office: string; class: string; month: string; count: number }

const MONTH = (moment: string) => `date_trunc('month', ${moment} at time zone 'UTC')::date`
const ADD = `on conflict (day, office, class, month) do update set count = forgotten.count + excluded.count`

/** Part of a statement: notes down what went, given by `gone`, which has `office` and `at`. */
export const noteGone = (kind: string): string =>
  `insert into forgotten (office, class, month, day, count)
   select office, '${kind}', ${MONTH('at')}, (now() at time zone 'UTC')::date, count(*)::int from gone group by 1, 3 order by 1, 3
   ${ADD}`

/** Notes down what went, one moment a row that did: in the transaction in which it goes. */
export async function noteForgotten(
  on: Queryable,
  kind: string,
  gone: readonly { office: string; at: Date }[],
): Promise<void> {
  if (gone.length === 0) return
  await on.query(
    `with gone as (select * from unnest($1::text[], $2::timestamptz[]) as g(office, at)) ${noteGone(kind)}`,
    [gone.map(({ office }) => office), gone.map(({ at }) => at)],
  )
}

/** What went since a day, by the day it went, class, office and month. */
export async function forgottenSince(on: Queryable, day: string): Promise<(Gone & { day: string })[]> {
  const { rows } = await on.query<Gone & { day: string }>(
    `select day, class, office, month, count from forgotten where day >= $1 order by day, class, office, month`,
    [day],
  )
  return rows
}

/** Reports are kept so many days themselves. */
export async function forgetReports(on: Queryable, days: number): Promise<void> {
  await on.query(`delete from forgotten where day < current_date - $1::int`, [days])
}
