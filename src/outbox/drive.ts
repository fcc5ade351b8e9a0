import { setTimeout as pause } from 'node:timers/promises'
import type { Counters } from '../lib/counters.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { type Db, isAway } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Claimed, LEASE_SECONDS } from './claim.ts'
import { holdBack, type Windows } from './hold.ts'
import type { Run } from './runs.ts'
import type { Closed, Sender } from './send.ts'
import { giveBack, type Settled } from './settle.ts'

/** Seconds until chats are looked at again that the pace of their channel left no time for. */
const TOO_LATE_SECONDS = 5
/** Between two attempts to write down what was sent, while the database is away. */
const AWAY_MS = 200

export type DriverParts = {
  db: Db
  sealing: Sealing
  windows: Windows
  log: Log
  counters: Counters
  sender: Sender
  isStopped(): boolean
  /** Writes down what became of a send. */
  record(settled: Settled): Promise<void>
  /** Told of each message that will not be tried again, and why. */
  undelivered?(message: Claimed, error: string): void
}

export type Driver = {
  /** One chat's messages, one after another. After a failure that will be tried again the rest waits behind it. */
  drive(run: Run): Promise<void>
  /** What became of a send must be written down, or it would be sent again; so for as long as the lease is ours. */
  noteDown<T>(write: () => Promise<T>): Promise<T>
}

export function createDriver(parts: DriverParts): Driver {
  const { db, log, counters, sender, isStopped, record, undelivered } = parts

  async function drive(run: Run): Promise<void> {
    try {
      for (let next = run.queue[0]; next !== undefined; next = run.queue[0]) {
        if (run.broken || isStopped() || performance.now() > next.until) return await handBack(run)
        const begun = performance.now()
        const outcomes = await sender.send(next, run)
        if (outcomes === 'overtaken') continue
        if (outcomes === 'withheld') {
          sender.over(next, false)
          take(run, [next.id])
          continue
        }
        if (outcomes === 'too late') return await handBack(run, TOO_LATE_SECONDS)
        if ('closed' in outcomes) {
          await hold(run, outcomes, begun).finally(() => sender.over(next, false))
          return
        }
        const isUnknown = outcomes.some(({ status }) => status === 'unknown')
        // Before anything is written down: who asks in the meantime must not be told that this chat is free.
        run.broken ||= outcomes.some(({ status }) => status === 'waiting')
        // Written down before the next one leaves, so that a crash can repeat one message of a chat, never two.
        await Promise.all(outcomes.map(record)).finally(() => sender.over(next, isUnknown))
        for (const outcome of outcomes) {
          const given = run.queue.find(({ id }) => id === outcome.id)
          if (outcome.status === 'failed' && given !== undefined) undelivered?.(given, outcome.error)
          // Something more urgent may have come between them meanwhile.
          take(run, [outcome.id])
        }
      }
    } catch (error) {
      // What is left stays marked as being sent until its lease ends.
      run.broken = true
      run.queue.length = 0
      log.warn('a send was not settled', faultOf(error))
    }
  }

  async function handBack(run: Run, pauseSeconds = 0): Promise<void> {
    run.broken = true
    while (run.queue.length > 0) {
      const ids = run.queue.map(({ id }) => id)
      await noteDown(() => giveBack(db, ids, pauseSeconds))
      take(run, ids)
    }
  }

  /** Nothing here may leave until somebody writes; a template may, and what came meanwhile finds what is held. */
  async function hold(run: Run, { tried }: Closed, begun: number): Promise<void> {
    run.broken = true
    const messages = run.queue.filter(({ template }) => template === null)
    const { held, first } = await noteDown(() => holdBack(parts, messages, tried, performance.now() - begun))
    if (held) counters.add('messages_held_total', messages.length)
    if (first) counters.add('windows_closed_total')
    take(
      run,
      messages.map(({ id }) => id),
    )
    await handBack(run)
    // A template was written, or what goes before these.
    run.more = true
  }

  async function noteDown<T>(write: () => Promise<T>): Promise<T> {
    const until = performance.now() + LEASE_SECONDS * 1000
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (!isAway(error) || isStopped() || performance.now() > until) throw error
        await pause(AWAY_MS)
      }
    }
  }

  return { drive, noteDown }
}

function take(run: Run, ids: readonly number[]): void {
  for (const id of ids) {
    const at = run.queue.findIndex(one => one.id === id)
    if (at !== -1) run.queue.splice(at, 1)
  }
}
