import { PgBoss } from 'pg-boss'
import { faultOf, type Log } from '../lib/log.ts'
import { connectionOf, type DatabaseAddress } from '../records/address.ts'
import type { Queryable } from '../records/db.ts'

/** One thing that runs by the clock. `cron` is in UTC; running twice must do no harm. */
export type Job = { name: string; cron: string; run(): Promise<unknown> }

/** `again`: begins anew; after a step of the clock pg-boss would wait for as long as it went back. */
export type Clockwork = { again(): Promise<void>; stop(): Promise<void> }

/**
 * Runs jobs by the clock, each at most once at a time over all processes. A job that throws is tried again at its next
 * time; nothing a citizen waits for depends on it.
 */
export async function runByTheClock(address: DatabaseAddress, jobs: Job[], log: Log): Promise<Clockwork> {
  let boss = await begin(address, jobs, log)
  const end = () => boss.stop({ graceful: true, timeout: 3_000, close: true })
  return {
    async again() {
      await end()
      boss = await begin(address, jobs, log)
    },
    stop: end,
  }
}

async function begin(address: DatabaseAddress, jobs: Job[], log: Log): Promise<PgBoss> {
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
  return boss
}

// By pg-boss 12.35: one job a minute and name, told by the minute; and when it last looked at anything.
const STEP_BACK = [
  `delete from pgboss.job where singleton_on > (now() at time zone 'UTC') and state in ('completed', 'failed', 'created')`,
  `update pgboss.job set start_after = now() where state in ('created', 'retry') and start_after > now()`,
  `update pgboss.job set started_on = now(), heartbeat_on = least(heartbeat_on, now()) where state = 'active' and started_on > now()`,
  `update pgboss.version set cron_on = null, bam_on = null, flow_on = null, reindex_on = null, monitor_backoff_on = null`,
  `update pgboss.queue set monitor_claim_on = null, monitor_on = null, maintain_on = null, delta_on = null`,
]

/**
 * The clock went back: minutes come that had their jobs already, and without this nothing would run until they are over again. Jobs
 * may run twice; none of them does harm by it.
 */
export async function jobsStepBack(on: Queryable): Promise<void> {
  for (const statement of STEP_BACK) await on.query(statement)
}
