import { type Keeping, type KeptClass, USUAL_DAYS } from '../offices/keeping-days.ts'
import type { Queryable } from '../records/db.ts'
import type { Gone } from '../records/forgotten.ts'
import { daysOf } from './forget-rows.ts'
import { BEFORE, KEPT, type KeptRows, withDays } from './kept-rows.ts'

/** Counting over years of rows is no page somebody waits for. */
const PATIENCE_MS = 600_000

/** What would be forgotten if it were done now, by class, office and month. Changes nothing. Call it in a transaction that only reads. */
export async function wouldGo(on: Queryable, keeping: Keeping): Promise<Gone[]> {
  await on.query(`set local statement_timeout = ${PATIENCE_MS}; set local enable_seqscan = on`)
  const sums = new Map<string, Gone>()
  for (const kept of Object.values(KEPT))
    for (const one of await count(on, kept, keeping)) {
      const name = `${one.class} ${one.office} ${one.month}`
      sums.set(name, { ...one, count: one.count + (sums.get(name)?.count ?? 0) })
    }
  return [...sums.values()]
}

async function count(on: Queryable, kept: KeptRows, keeping: Keeping): Promise<Gone[]> {
  const patient = {
    text: `select r.office, date_trunc('month', ${kept.moment} at time zone 'UTC')::date as month, count(*)::int as count
      from ${withDays(kept)} where ${kept.over(BEFORE)} group by 1, 2 order by 1, 2`,
    values: daysOf(kept, keeping),
    query_timeout: PATIENCE_MS,
  }
  const { rows } = await on.query<Omit<Gone, 'class'>>(patient)
  return rows.map(row => ({ ...row, class: kept.class }))
}

/** For how many days an office keeps a class. */
export function daysAt(keeping: Keeping, office: string, kept: KeptClass): number {
  return (keeping.get(office) ?? USUAL_DAYS)[kept]
}
