import { PgBoss } from 'pg-boss'
import { faultOf, type Log } from '../lib/log.ts'
import { connectionOf, type DatabaseAddress } from '../records/address.ts'

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
