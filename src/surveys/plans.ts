import type { Queryable } from '../records/db.ts'

/** Rencana tindak lanjut of one element: what will be done, when, and which function is in charge; and what became of it. */
export type Plan = {
  element: string
  programme: string
  time: string
  charge: string
  followUp: string
}

type Where = { office: string; survey: string; period: string }

export async function plansOf(on: Queryable, { office, survey, period }: Where): Promise<Plan[]> {
  const { rows } = await on.query<Plan>(
    `select element, programme, time, charge, follow_up as "followUp" from survey_plans
     where office = $1 and survey = $2 and period = $3 order by element`,
    [office, survey, period],
  )
  return rows
}

/** Writes a plan down, or another instead of it. */
export async function notePlan(
  on: Queryable,
  { office, survey, period }: Where,
  { element, programme, time, charge }: Omit<Plan, 'followUp'>,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await on.query(
    `insert into survey_plans (office, survey, period, element, programme, time, charge, changed_by, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (office, survey, period, element) do update
       set programme = $5, time = $6, charge = $7, changed_by = $8, changed_at = $9`,
    [office, survey, period, element, programme, time, charge, by, at],
  )
}

/** What became of a plan. False where there is none. */
export async function noteFollowUp(
  on: Queryable,
  { office, survey, period }: Where,
  { element, followUp }: Pick<Plan, 'element' | 'followUp'>,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await on.query(
    `update survey_plans set follow_up = $5, changed_by = $6, changed_at = $7
     where office = $1 and survey = $2 and period = $3 and element = $4`,
    [office, survey, period, element, followUp, by, at],
  )
  return rowCount === 1
}
