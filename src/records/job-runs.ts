import type { Queryable } from './db.ts'

export type JobRun = { name: string; doneAt: Date | null; failedAt: Date | null; tookMs: number | null }

/** Notes how a run of something by the clock went; one row a job. */
export async function noteRun(
  on: Queryable,
  run: { name: string; good: boolean; tookMs: number },
): Promise<void> {
  await on.query(
    `insert into job_runs (name, done_at, failed_at, took_ms) values ($1, case when $2 then now() end,
       case when not $2 then now() end, $3)
     on conflict (name) do update set done_at = coalesce(excluded.done_at, job_runs.done_at),
       failed_at = coalesce(excluded.failed_at, job_runs.failed_at), took_ms = excluded.took_ms`,
    [run.name, run.good, Math.round(run.tookMs)],
  )
}

export async function jobRuns(on: Queryable): Promise<JobRun[]> {
  const { rows } = await on.query<JobRun>(
    `select name, done_at as "doneAt", failed_at as "failedAt", took_ms as "tookMs" from job_runs order by name`,
  )
  return rows
}
