import type { Room } from '../actions/action.ts'
import type { InboundMessage, Receipt } from '../channels/channel.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { type Db, isAway } from '../records/db.ts'
import { type Arrival, arrivalOf } from './arrival.ts'
import { setAside } from './set-aside.ts'
import { takeTurns } from './take-turns.ts'
import type { Taken } from './taken.ts'
import { arrivalOfTell } from './tell.ts'
import { isDueNow, waitingArrivals } from './waiting.ts'
import { TakenElsewhere } from './write.ts'

/** Messages taken together at most. Larger batches only make the last one wait for the first. */
const BATCH = 96
/** Messages that may wait in memory; beyond it a door answers 503 rather than growing without end. */
const QUEUE = 5_000
/** How often waiting rows are looked for: what another process told, what is to be tried again. */
const POLL_MS = 1_000

/** Too much is waiting: nothing was stored, the sender should try again in a moment. */
export class Overloaded extends Error {
  override name = 'Overloaded' as const
}

export type Inbox = {
  /** Takes a message in. Resolves once it is durably ours, taken or waiting; rejects when it is not. */
  receive(message: InboundMessage): Promise<Receipt>
  start(): void
  /** Finishes what is being taken, then takes no more. */
  stop(): Promise<void>
}

type Waiting = { arrival: Arrival; resolve(receipt: Receipt): void; reject(error: unknown): void }

export type InboxParts = {
  db: Db
  room: Omit<Room, 'client'>
  log: Log
  /** Called after each commit that left something to be said. */
  said(): void
  counters: Counters
}

export function createInbox({ db, room, log, said, counters }: InboxParts): Inbox {
  const queue: Waiting[] = []
  const held = new Set<number>()
  let running: Promise<void> | undefined
  let poll: NodeJS.Timeout | undefined
  let stopped = false

  function add(arrival: Arrival): Promise<Receipt> {
    killPoint('message arrived')
    return new Promise((resolve, reject) => {
      queue.push({ arrival, resolve, reject })
      running ??= run().finally(() => {
        running = undefined
      })
    })
  }

  // One batch at a time: what arrives while it is being written forms the next one.
  async function run(): Promise<void> {
    // Messages of one network read arrive in one tick; waiting for its end costs nothing when idle.
    await Promise.resolve()
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH)
      await take(batch)
    }
  }

  async function take(batch: Waiting[]): Promise<void> {
    try {
      settle(
        batch,
        await takeTurns(
          db,
          room,
          batch.map(({ arrival }) => arrival),
        ),
      )
    } catch (error) {
      if (isAway(error)) {
        for (const { reject } of batch) reject(error)
      } else if (batch.length > 1 || error instanceof TakenElsewhere) {
        // Somebody in here is poison, or was taken elsewhere: one by one, in order, so that only he waits.
        for (const waiting of batch) await takeAlone(waiting)
      } else {
        for (const waiting of batch) await fail(waiting, error)
      }
    }
  }

  async function takeAlone(waiting: Waiting): Promise<void> {
    try {
      settle([waiting], await takeTurns(db, room, [waiting.arrival]))
    } catch (error) {
      if (isAway(error)) waiting.reject(error)
      else await fail(waiting, error)
    }
  }

  function settle(batch: Waiting[], taken: Taken): void {
    killPoint('turn committed')
    const repeats = new Set(taken.repeats)
    counters.add('batches_total')
    counters.add('messages_repeated_total', repeats.size)
    counters.add('messages_received_total', batch.length - repeats.size)
    for (const { arrival, resolve } of batch) resolve({ repeat: repeats.has(arrival) })
    if (taken.sayings.length > 0) said()
    for (const tell of taken.tells) {
      if (isDueNow(tell)) hold(arrivalOfTell(tell, room.sealing))
    }
  }

  /** The turn threw: the message is stored alone and acknowledged; trying again is our business now. */
  async function fail(waiting: Waiting, error: unknown): Promise<void> {
    counters.add('turns_failed_total')
    log.warn('a turn failed', { ...faultOf(error), attempts: waiting.arrival.row?.attempts ?? 0 })
    try {
      const { quarantined } = await setAside(db, room, waiting.arrival, error)
      if (quarantined) said()
      waiting.resolve({ repeat: false })
    } catch (again) {
      waiting.reject(again)
    }
  }

  /** Takes in what stands in the inbox already; nobody is waiting for an answer. */
  function hold(arrival: Arrival): void {
    const row = arrival.row?.id
    if (row !== undefined) {
      if (held.has(row)) return
      held.add(row)
    }
    add(arrival)
      .catch((error: unknown) => log.warn('a waiting message could not be taken', faultOf(error)))
      .finally(() => {
        if (row !== undefined) held.delete(row)
      })
  }

  async function lookForWaiting(): Promise<void> {
    try {
      for (const arrival of await waitingArrivals(db, room.sealing, BATCH)) hold(arrival)
    } catch (error) {
      log.warn('waiting messages could not be looked for', faultOf(error))
    }
    if (!stopped) poll = setTimeout(lookForWaiting, POLL_MS).unref()
  }

  return {
    async receive(message) {
      if (stopped) throw new Overloaded('Balai is stopping.')
      if (queue.length >= QUEUE) throw new Overloaded('Too many messages are waiting.')
      return add(arrivalOf(message, room.sealing))
    },
    start() {
      void lookForWaiting()
    },
    async stop() {
      stopped = true
      clearTimeout(poll)
      while (running !== undefined) await running
    },
  }
}
