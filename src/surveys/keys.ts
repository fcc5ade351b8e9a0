import type { Queryable } from '../records/db.ts'
import type { DataKey, Sealing } from '../records/sealing.ts'

export type Purpose = 'suggestions' | 'pointers'

/** How long a day's pointers can be checked against their messages; afterwards nobody can, with whatever key. */
const POINTER_DAYS = 2

export type KeyOf = { purpose: Purpose; office: string; day: string }

/** The data key of a purpose, an office and a day; made when it is first asked for. */
export async function surveyKey(on: Queryable, sealing: Sealing, of: KeyOf): Promise<DataKey> {
  const { purpose, office, day } = of
  const { wrapped } = sealing.newKey(placeOf(of))
  await on.query(
    `insert into survey_keys (purpose, office, day, wrapped_key, kept_until)
     values ($1, $2, $3, $4, case when $1 = 'pointers' then $3::date + ${POINTER_DAYS} end) on conflict do nothing`,
    [purpose, office, day, wrapped],
  )
  const key = await keptKey(on, sealing, of)
  if (key === undefined) throw new Error('A key that was just made is not there.')
  return key
}

/** The same, where there is one. */
export async function keptKey(on: Queryable, sealing: Sealing, of: KeyOf): Promise<DataKey | undefined> {
  const { rows } = await on.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from survey_keys where purpose = $1 and office = $2 and day = $3',
    [of.purpose, of.office, of.day],
  )
  return rows[0] && sealing.unwrap(rows[0].wrapped_key, placeOf(of))
}

function placeOf({ purpose, office, day }: KeyOf): `survey_keys.${string}` {
  return `survey_keys.${purpose}.${office}.${day}`
}

/** Throws away what must not be kept longer: keys of pointers, and marks of what was answered. */
export async function forgetSurveyKeys(on: Queryable, today: string): Promise<number> {
  const keys = await on.query('delete from survey_keys where kept_until < $1', [today])
  const marks = await on.query('delete from survey_answered where kept_until < $1', [today])
  return (keys.rowCount ?? 0) + (marks.rowCount ?? 0)
}
