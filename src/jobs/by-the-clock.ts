import { PgBoss } from 'pg-boss'
import { faultOf, type Log } from '../lib/log.ts'
import { connectionOf, type DatabaseAddress } from '../records/address.ts'
import type { Queryable } from '../records/db.ts'

/** One thing that runs by the clock. `cron` is in UTC; running twice must do no harm. */
export type Job = { name: string; cron: string; run(): Promise<unknown> }

/**
 * Runs jobs by the clock, each at most once at a time over all processes. A job that throws is tried again at its next
 * time; nothing a citizen waits for depends on it.
 */
export async function runByTheClock(
  address: DatabaseAddress,
  jobs: Job[],
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ ...connectionOf(address), max: 2, application_name: 'balai jobs' })
  boss.on('error', error => log.warn('the clock met an error', faultOf(error)))
  await boss.start()
  for (const { name, cron, run } of jobs) {
    await boss.createQueue(name, { policy: 'singleton', retryLimit: 0, deleteAfterSeconds: 86_400 })
    await boss.schedule(name, cron)
    await boss.work(name, { pollingIntervalSeconds: 15 }, async () => {
      try {
        await run()
      } catch (error) {
        log.warn('a job failed', { job: name, ...faultOf(error) })
        throw error
      }
    })
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 3_000, close: true }) }
}

// By pg-boss 12.35: one job a minute and name, told by the minute; and when it last looked at anything.
const STEP_BACK = [
  `delete from pgboss.job where singleton_on > (now() at time zone 'UTC') and state in ('completed', 'failed', 'created')`,
  `update pgboss.job set start_after = now() where state in ('created', 'retry') and start_after > now()`,
  `update pgboss.job set started_on = now(), heartbeat_on = least(heartbeat_on, now()) where state = 'active' and started_on > now()`,
  `update pgboss.version set cron_on = least(cron_on, now()), bam_on = least(bam_on, now()), flow_on = least(flow_on, now()),
     reindex_on = least(reindex_on, now()), monitor_backoff_on = least(monitor_backoff_on, now())`,
  `update pgboss.queue set monitor_claim_on = least(monitor_claim_on, now()), monitor_on = least(monitor_on, now()),
     maintain_on = least(maintain_on, now()), delta_on = least(delta_on, now())`,
]

/**
 * The clock went back: minutes come that had their jobs already, and without this nothing would run until they are over again. Jobs
 * may run twice; none of them does harm by it.
 */
export async function jobsStepBack(on: Queryable): Promise<void> {
  for (const statement of STEP_BACK) await on.query(statement)
}
