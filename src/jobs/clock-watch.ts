import { faultOf, type Log } from '../lib/log.ts'
import { lookAtClock, type Sight } from '../records/clock.ts'
import type { Db } from '../records/db.ts'
import { jobsStepBack } from './by-the-clock.ts'

/** How often the clock is looked at: a lease of 30 s is not over before a step was seen. */
const LOOK_MS = 5_000

/** `stepped` is called when this process saw a step, whoever shifted what is under way. */
type WatchParts = { db: Db; log: Pick<Log, 'warn'>; stepped?: () => Promise<void> | undefined }

/** Watches the database's clock against this process's own, which never steps. The first look is over when `start` resolves. */
export function createClockWatch({ db, log, stepped }: WatchParts): {
  start(): Promise<void>
  stop(): Promise<void>
} {
  let before: Sight | undefined
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    try {
      const { sight, stepMs, own } = await lookAtClock(db, before, () => performance.now())
      before = sight
      if (own === 0 && stepMs === 0) return
      log.warn('the clock of the database stepped; what is under way was shifted along', {
        ms: own,
      })
      // Begun anew in any case: that is what this process's own timers need.
      await (stepMs < 0 ? jobsStepBack(db.pool) : Promise.resolve()).finally(() => stepped?.())
    } catch (error) {
      // Away: the next look has the same two sights to compare.
      log.warn('the clock could not be looked at', faultOf(error))
    }
  }

  return {
    async start() {
      await look()
      timer = setInterval(() => {
        looking ??= look().finally(() => {
          looking = undefined
        })
      }, LOOK_MS)
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
