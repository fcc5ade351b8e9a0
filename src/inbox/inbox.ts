import type { Room } from '../actions/action.ts'
import type { InboundMessage, Receipt } from '../channels/channel.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { faultOf, type Log } from '../lib/log.ts'
import type { Delivery } from '../outbox/deliver.ts'
import { type Db, isAway } from '../records/db.ts'
import { DiskFull } from '../records/free-space.ts'
import { type Arrival, arrivalOf } from './arrival.ts'
import { createCareful, type Waiting } from './careful.ts'
import { countAttempt } from './count-attempt.ts'
import type { StepCounter } from './count-steps.ts'
import { Overloaded, refuseWhenFull } from './overloaded.ts'
import { createQueue } from './queue.ts'
import { ATTEMPTS, setAside } from './set-aside.ts'
import { takeTurns } from './take-turns.ts'
import type { Taken } from './taken.ts'
import { arrivalOfTell } from './tell.ts'
import { isDueNow } from './waiting.ts'
import { createWaitingRoom } from './waiting-room.ts'

/** Batches on their way at once: while the database writes one, the next is walked. More would only be smaller. */
const LANES = 2
/** Milliseconds in which the next batch gathers while another is on its way. */
const GATHER_MS = 5

export type Inbox = {
  /** Messages that wait in memory, to be taken. */
  waiting(): number
  /** Takes a message in. Resolves once it is durably ours, taken or waiting; rejects when it is not. */
  receive(message: InboundMessage): Promise<Receipt>
  /** To be awaited before the first message: it learns whether the process before us died at work. */
  start(): Promise<void>
  /** Finishes what is being taken, then takes no more. */
  stop(): Promise<void>
}

export type InboxParts = {
  db: Db
  room: Omit<Room, 'client'>
  log: Log
  /** Who sends what turns say. */
  outbox: Pick<Delivery, 'offer' | 'wake'>
  counters: Counters
  /** Who counts how far citizens come; without it nobody does. */
  steps?: Pick<StepCounter, 'add'>
  /** Whether the records' disk has room for more words; without it nobody looks. */
  hasRoom?: (() => boolean) | undefined
}

export function createInbox({ db, room, log, outbox, counters, steps, hasRoom }: InboxParts): Inbox {
  const queue = createQueue<Waiting>()
  const lanes = new Set<Promise<void>>()
  let stopped = false
  let soon: NodeJS.Immediate | undefined
  let slow: NodeJS.Timeout | undefined
  const waitingRoom = createWaitingRoom({ db, sealing: room.sealing, log, add })
  const careful = createCareful({ db, log }, takeAlone, () => new Overloaded('Balai is stopping.'))

  function add(arrival: Arrival): Promise<Receipt> {
    killPoint('message arrived')
    return new Promise((resolve, reject) => {
      const waiting = { arrival, resolve, reject }
      // Tried before: never again together with others.
      if ((arrival.row?.attempts ?? 0) > 0) careful.add(waiting)
      else queue.add(waiting)
      gather()
    })
  }

  // Idle, a batch waits for nobody but what comes in the same breath. While another is on its way the next one gathers a little longer: a
  // transaction costs as much as a dozen turns, and processes that share citizens have each a part of them only.
  function gather(): void {
    if (stopped) pump()
    else if (lanes.size > 0) slow ??= setTimeout(pump, GATHER_MS)
    else soon ??= setImmediate(pump)
  }

  // What arrives while all lanes are busy forms the next batch.
  function pump(): void {
    clearImmediate(soon)
    clearTimeout(slow)
    soon = slow = undefined
    // Also those who were queued before their address became suspect: the others of it are apart already.
    if (careful.isWatching()) {
      for (const waiting of queue.remove(({ arrival }) => careful.wants(arrival))) careful.add(waiting)
    }
    while (lanes.size < LANES) {
      const batch = queue.next()
      if (batch.length === 0) return
      const lane = take(batch).finally(() => {
        queue.done(batch)
        lanes.delete(lane)
        gather()
      })
      lanes.add(lane)
    }
  }

  async function take(batch: Waiting[]): Promise<void> {
    try {
      await takeAndSettle(batch)
    } catch (error) {
      // Not of this batch's making: whoever sent them will send them again.
      if (isAway(error)) for (const { reject } of batch) reject(error)
      // Somebody in here is poison, or was taken elsewhere: one by one, apart from the others, so that only he waits.
      else for (const waiting of batch) careful.add(waiting)
    }
  }

  async function takeAlone({ arrival, resolve, reject }: Waiting, isCounted: boolean): Promise<void> {
    try {
      const own = isCounted ? await countAttempt(db, room, arrival) : arrival
      if (isCounted) killPoint('attempt counted')
      if (own === 'repeat' || own === 'behind') {
        resolve({ repeat: own === 'repeat' })
        return
      }
      const waiting = { arrival: own, resolve, reject }
      try {
        if ((own.row?.attempts ?? 0) >= ATTEMPTS) throw new Error('Every attempt ended with the process.')
        await takeAndSettle([waiting])
      } catch (error) {
        if (isAway(error)) throw error
        careful.suspect(own)
        await fail(waiting, error)
      }
    } catch (error) {
      reject(error)
    }
  }

  async function takeAndSettle(batch: Waiting[]): Promise<void> {
    const offer = outbox.offer()
    let taken: Taken
    try {
      const arrivals = batch.map(({ arrival }) => arrival)
      taken = await takeTurns(db, room, arrivals, offer)
    } catch (error) {
      offer.drop(isAway(error))
      throw error
    }
    killPoint('turn committed')
    offer.take(taken.ours, taken.left)
    settle(batch, taken)
  }

  function settle(batch: Waiting[], taken: Taken): void {
    const repeats = new Set(taken.repeats)
    counters.add('batches_total')
    steps?.add(taken.turns)
    // What one conversation tells another is no message: nobody sent it.
    const sent = batch.filter(({ arrival }) => !arrival.told)
    const again = sent.filter(({ arrival }) => repeats.has(arrival)).length
    counters.add('messages_repeated_total', again)
    counters.add('messages_received_total', sent.length - again)
    for (const { arrival, resolve } of batch) resolve({ repeat: repeats.has(arrival) })
    for (const tell of taken.tells) {
      if (isDueNow(tell)) waitingRoom.hold(arrivalOfTell(tell, room.sealing))
    }
  }

  /** The turn threw: the message is stored alone and acknowledged; trying again is our business now. */
  async function fail(waiting: Waiting, error: unknown): Promise<void> {
    counters.add('turns_failed_total')
    log.warn('a turn failed', { ...faultOf(error), attempts: waiting.arrival.row?.attempts ?? 0 })
    try {
      const { quarantined } = await setAside(db, room, waiting.arrival, error)
      if (quarantined) outbox.wake()
      waiting.resolve({ repeat: false })
    } catch (again) {
      waiting.reject(again)
    }
  }

  return {
    waiting: () => queue.length + careful.size(),
    async receive(message) {
      if (stopped) throw new Overloaded('Balai is stopping.')
      refuseWhenFull(counters, queue.countOf() + careful.size(), queue.countOf(message.office))
      if (hasRoom?.() === false) throw new DiskFull('No room for words.')
      return add(arrivalOf(message, room.sealing))
    },
    async start() {
      await careful.start()
      waitingRoom.open()
    },
    async stop() {
      stopped = true
      waitingRoom.close()
      pump()
      while (lanes.size > 0) await Promise.all(lanes)
      try {
        await careful.stop()
      } catch (error) {
        log.warn('the stop could not be noted, so the next start will be careful', faultOf(error))
      }
    },
  }
}
