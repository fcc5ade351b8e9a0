import type { Queryable } from '../records/db.ts'

/** Where something is counted. */
export type Counted = {
  office: string
  survey: string
  month: string
  source: string
  unit: string
  service: string
}

/** What is counted besides responses. `silent`: invited, and nothing came; that is all it is. */
export type Tallied = 'invited' | 'reminded' | 'refused' | 'silent' | 'begun' | 'stopped'

export async function tally(on: Queryable, where: Counted, what: Tallied, count = 1): Promise<void> {
  const { office, survey, month, source, unit, service } = where
  await on.query(
    `insert into survey_tallies as t (office, survey, month, source, unit, service, what, count)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (office, survey, month, source, unit, service, what) do update set count = t.count + excluded.count`,
    [office, survey, month, source, unit, service, what, count],
  )
}

/** The month of a local time, as its first day. */
export function monthOf(local: string): string {
  return `${local.slice(0, 7)}-01`
}
