import { intArray, textArray } from './arrays.ts'
import type { Queryable } from './db.ts'

/** One step's count of one day. */
export type StepCount = {
  office: string
  flow: string
  step: string
  day: string
  reached: number
  givenUp: number
  finished: number
}

/** Adds to what is counted, in one statement whatever there is. */
export async function addStepCounts(on: Queryable, counts: readonly StepCount[]): Promise<void> {
  await on.query({
    name: 'add-step-counts',
    // In one order everywhere, so that two processes never wait for each other crosswise.
    text: `insert into step_counts (office, flow, step, day, reached, given_up, finished)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]::date[], $5::int[], $6::int[], $7::int[])
      order by 1, 2, 4, 3
      on conflict (office, flow, day, step) do update set reached = step_counts.reached + excluded.reached,
        given_up = step_counts.given_up + excluded.given_up, finished = step_counts.finished + excluded.finished`,
    values: [
      textArray(counts.map(({ office }) => office)),
      textArray(counts.map(({ flow }) => flow)),
      textArray(counts.map(({ step }) => step)),
      textArray(counts.map(({ day }) => day)),
      intArray(counts.map(({ reached }) => reached)),
      intArray(counts.map(({ givenUp }) => givenUp)),
      intArray(counts.map(({ finished }) => finished)),
    ],
  })
}

/** How many came to a step, gave up there and, where `step` is '', finished the flow. */
export type StepSum = { flow: string; step: string; reached: number; given_up: number; finished: number }

/**
 * The sums of an office's steps since a day, of one flow or of all. Costs the rows of those flows and days by the primary key: a month
 * of a flow of forty steps is 1,200 rows at most, however many conversations there were.
 */
export async function stepSums(
  on: Queryable,
  of: { office: string; from: string; flow?: string },
): Promise<StepSum[]> {
  const { rows } = await on.query<StepSum>(
    `select flow, step, sum(reached)::int as reached, sum(given_up)::int as given_up, sum(finished)::int as finished
     from step_counts where office = $1 and day >= $2::date ${of.flow === undefined ? '' : 'and flow = $3'}
     group by flow, step`,
    [of.office, of.from, ...(of.flow === undefined ? [] : [of.flow])],
  )
  return rows
}

/** How many conversations stand where. */
export type Standing = { flow: string; step: string; count: number }

/**
 * Where conversations of an office stand right now. Costs the conversations that are open (a partial index holds no others): drafts
 * live seven days, so it does not grow with the years.
 */
export async function standingNow(on: Queryable, office: string): Promise<Standing[]> {
  const { rows } = await on.query<Standing>(
    `select flow, step, count(*)::int as count from conversations
     where waiting in ('reply', 'action', 'staff') and office = $1 and party = 'citizen' and flow is not null
     group by flow, step`,
    [office],
  )
  return rows
}

/** Counts drafts nobody came back to as given up at their step, on the day they were left. */
export async function countGivenUp(on: Queryable, conversations: readonly string[]): Promise<void> {
  await on.query(
    `insert into step_counts (office, flow, step, day, reached, given_up, finished)
     select office, flow, step, updated_at::date, 0, count(*), 0 from conversations
     where id = any($1::uuid[]) and waiting = 'reply' and flow is not null and step is not null
     group by 1, 2, 3, 4 order by 1, 2, 4, 3
     on conflict (office, flow, day, step) do update set given_up = step_counts.given_up + excluded.given_up`,
    [conversations],
  )
}

/** Counts older than this are forgotten: what is compared is a month with the one before. */
export async function forgetStepCounts(on: Queryable, days: number): Promise<number> {
  const { rowCount } = await on.query(`delete from step_counts where day < now()::date - $1::int`, [days])
  return rowCount ?? 0
}
