import type { Queryable } from '../records/db.ts'
import type { Period } from './period.ts'

/** How many people were served in a period; undefined until the office says. */
export async function servedIn(
  on: Queryable,
  office: string,
  survey: string,
  { id }: Period,
): Promise<number | undefined> {
  const { rows } = await on.query<{ served: number }>(
    'select served from survey_periods where office = $1 and survey = $2 and period = $3',
    [office, survey, id],
  )
  return rows[0]?.served
}

/** Notes how many people were served in a period, as the office knows it. */
export async function noteServed(
  on: Queryable,
  { office, survey, period, served }: { office: string; survey: string; period: string; served: number },
): Promise<void> {
  await on.query(
    `insert into survey_periods (office, survey, period, served) values ($1, $2, $3, $4)
     on conflict (office, survey, period) do update set served = excluded.served`,
    [office, survey, period, served],
  )
}
