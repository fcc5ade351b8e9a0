import { localTime } from '../lib/local-time.ts'
import { faultOf, type Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import { addStepCounts, type StepCount } from '../records/step-counts.ts'
import type { TakenTurn } from './taken.ts'

/** Between two times of writing down; what was counted since is lost with the process, and nothing else depends on it. */
const WRITE_MS = 15_000

export type StepCounter = {
  /** Of turns that are committed. */
  add(turns: readonly TakenTurn[]): void
  /** Writes down what was counted. */
  flush(): Promise<void>
  stop(): Promise<void>
}

/**
 * Counts how far citizens come, by day and step. Kept in memory and written now and then: one row for all who stood at a step, so that
 * no two turns ever wait for the same count.
 */
export function createStepCounter(parts: { db: Db; zoneOf(office: string): string; log: Log }): StepCounter {
  const { db, zoneOf, log } = parts
  let counts = new Map<string, StepCount>()
  const timer = setInterval(() => void flush(), WRITE_MS)
  timer.unref()

  function add(turns: readonly TakenTurn[]): void {
    for (const { conversation, arrival, stepped } of turns) {
      if (stepped.length === 0) continue
      const { office } = conversation
      const day = localTime(zoneOf(office), arrival.at).slice(0, 10)
      for (const { flow, step, did } of stepped) {
        const count = countOf({ office, flow, step, day })
        if (did === 'reached') count.reached += 1
        else if (did === 'given_up') count.givenUp += 1
        else count.finished += 1
      }
    }
  }

  function countOf(of: Pick<StepCount, 'office' | 'flow' | 'step' | 'day'>): StepCount {
    const key = `${of.office} ${of.flow} ${of.step} ${of.day}`
    const known = counts.get(key) ?? { ...of, reached: 0, givenUp: 0, finished: 0 }
    counts.set(key, known)
    return known
  }

  async function flush(): Promise<void> {
    if (counts.size === 0) return
    const taken = counts
    counts = new Map()
    try {
      await addStepCounts(db.pool, [...taken.values()])
    } catch (error) {
      log.warn('how far citizens came was not written down', faultOf(error))
      // Counted again with the next: a statement that failed has written nothing.
      for (const one of taken.values()) {
        const count = countOf(one)
        count.reached += one.reached
        count.givenUp += one.givenUp
        count.finished += one.finished
      }
    }
  }

  return {
    add,
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}
