import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, ChannelName } from '../channels/channel.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { type Db, isAway } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Claimed, claimDue, LEASE_SECONDS, RUN, releaseAbandoned } from './claim.ts'
import type { WriteCrowd } from './crowd.ts'
import type { Handover } from './handover.ts'
import { type Lane, MOST_CHATS, MOST_NOTICES } from './lanes.ts'
import { createLedger } from './ledger.ts'
import { createOffers } from './offers.ts'
import { createRuns, type Run } from './runs.ts'
import { createSender } from './send.ts'
import { giveBack, settleAll } from './settle.ts'

/** Backstop for what nobody woke us for: retries, other processes, leases that ran out. */
const POLL_MS = 1_000
/** Seconds until chats are looked at again that the pace of their channel left no time for. */
const TOO_LATE_SECONDS = 5
/** Between two attempts to write down what was sent, while the database is away. */
const AWAY_MS = 200

export type Delivery = Handover & {
  /** Something new may be waiting. Costs nothing when called often. */
  wake(): void
  start(): void
  /** Finishes the sends under way, hands back the rest. */
  stop(): Promise<void>
}

export type DeliveryParts = {
  db: Db
  sealing: Sealing
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  /** True when no other process can be sending from this database: then nothing claimed at start is anybody's. */
  alone: boolean
  counters: Counters
  /** Puts several new cards in one message, where a minute takes no more of them; without it each leaves for itself. */
  writeCrowd?: WriteCrowd
  chance?: () => number
  /** Told of each message that will not be tried again. */
  undelivered?(message: Claimed): void
}

/** The only sender: takes what turns hand over and what is due in the outbox to its channel, in order for each chat. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { db, sealing, channels, log, alone, undelivered, chance = Math.random } = parts
  const send = createSender({ ...parts, chance })
  const runs = createRuns(drive, run => {
    const left = runs.count(run.lane)
    if (run.more || left === MOST_CHATS - 1 || left === MOST_NOTICES - 1) wake()
  })
  const offers = createOffers({ runs, isOpen, wake })
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false
  let poll: NodeJS.Timeout | undefined

  function wake(): void {
    again = true
    looking ??= look()
  }

  async function look(): Promise<void> {
    // `looking` must be set before it is cleared, also when there is nothing to wait for.
    await Promise.resolve()
    try {
      while (again && !stopped) {
        again = false
        await offers.whenCertain(async () => {
          if (alone) await releaseAbandoned(db, 'all', runs.ids())
        })
        const chats = await claimDue({ db, sealing, log }, lanesInUse())
        if (chats.length > 0) again = true
        killPoint('messages claimed')
        for (const chat of chats) runs.add(chat, { more: chat.length >= RUN })
      }
    } catch (error) {
      if (isAway(error)) offers.doubt()
      log.warn('the outbox could not be read', faultOf(error))
    } finally {
      // In the same breath as `again` was seen false: whoever wakes us next starts a look of his own.
      looking = undefined
    }
  }

  function isOpen(lane: Lane, urgency: number): boolean {
    const isOn = channels.has(lane.slice(0, lane.indexOf('/')) as ChannelName)
    return isOn && !stopped && runs.count(lane) < (urgency === 0 ? MOST_CHATS : MOST_NOTICES)
  }

  function lanesInUse(): { full: Lane[]; busy: Lane[] } {
    const lanes = runs.lanes()
    return {
      full: lanes.filter(lane => runs.count(lane) >= MOST_CHATS),
      busy: lanes.filter(lane => runs.count(lane) >= MOST_NOTICES),
    }
  }

  const record = createLedger(async settled => {
    await noteDown(() => settleAll(db, settled))
    for (const one of settled) {
      if (one.status === 'sent') channels.get(one.to.channel)?.recorded?.(one.to)
    }
  })

  /** One chat's messages, one after another. After a failure that will be tried again the rest waits behind it. */
  async function drive(run: Run): Promise<void> {
    try {
      for (let next = run.queue[0]; next !== undefined; next = run.queue[0]) {
        if (run.broken || stopped || performance.now() > next.until) return await handBack(run)
        const outcomes = await send(next, run)
        if (outcomes === 'overtaken') continue
        if (outcomes === 'too late') return await handBack(run, TOO_LATE_SECONDS)
        // Before anything is written down: who asks in the meantime must not be told that this chat is free.
        run.broken ||= outcomes.some(({ status }) => status === 'waiting')
        // Written down before the next one leaves, so that a crash can repeat one message of a chat, never two.
        await Promise.all(outcomes.map(record))
        for (const { id, status } of outcomes) {
          const given = run.queue.find(one => one.id === id)
          if (status === 'failed' && given !== undefined) undelivered?.(given)
          // Something more urgent may have come between them meanwhile.
          run.queue.splice(
            run.queue.findIndex(one => one.id === id),
            1,
          )
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
      run.queue.splice(0, ids.length)
    }
  }

  /** What became of a send must be written down, or it would be sent again; so for as long as the lease is ours. */
  async function noteDown(write: () => Promise<void>): Promise<void> {
    const until = performance.now() + LEASE_SECONDS * 1000
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (!isAway(error) || stopped || performance.now() > until) throw error
        await pause(AWAY_MS)
      }
    }
  }

  async function every(): Promise<void> {
    try {
      if ((await releaseAbandoned(db, 'expired')) > 0) log.info('took over messages another process had left')
    } catch (error) {
      log.warn('leases could not be looked at', faultOf(error))
    }
    wake()
    if (!stopped) poll = setTimeout(every, POLL_MS).unref()
  }

  return {
    offer: offers.offer,
    wake,
    start() {
      void every()
    },
    async stop() {
      stopped = true
      clearTimeout(poll)
      await looking
      await runs.ended()
    },
  }
}
