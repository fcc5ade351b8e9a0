import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, ChannelName } from '../channels/channel.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { type Db, isAway } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Claimed, claimDue, LEASE_SECONDS, releaseAbandoned } from './claim.ts'
import { createLedger } from './ledger.ts'
import { createSender, SEND_MS } from './send.ts'
import { giveBack, settleAll } from './settle.ts'

/** Backstop for what nobody woke us for: retries, other processes, leases that ran out. */
const POLL_MS = 1_000
/** Chats of one channel sent to at once. More would only wait for its pace, longer than they may be held. */
const MOST_CHATS = 200
/** Seconds until chats are looked at again that the pace of their channel left no time for. */
const TOO_LATE_SECONDS = 5
/** Between two attempts to write down what was sent, while the database is away. */
const AWAY_MS = 200

export type Delivery = {
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
  chance?: () => number
}

/** The only sender: takes what is due from the outbox to its channel, in order for each chat. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { db, sealing, channels, log, alone, counters, chance = Math.random } = parts
  const send = createSender({ db, channels, log, counters, chance })
  const underWay = new Map<Promise<void>, Claimed[]>()
  // What is marked as being sent may be nobody's: after a start, and after a claim that got no answer.
  let uncertain = true
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
        if (uncertain && alone) {
          const inHand = [...underWay.values()].flat().map(({ id }) => id)
          await releaseAbandoned(db, 'all', inHand)
        }
        uncertain = false
        // Whoever finishes wakes us again.
        const chats = await claimDue({ db, sealing, log }, fullChannels())
        if (chats.length > 0) again = true
        killPoint('messages claimed')
        for (const chat of chats) track(sendChat(chat), chat)
      }
    } catch (error) {
      uncertain ||= isAway(error)
      log.warn('the outbox could not be read', faultOf(error))
    } finally {
      // In the same breath as `again` was seen false: whoever wakes us next starts a look of his own.
      looking = undefined
    }
  }

  const record = createLedger(async settled => {
    await noteDown(() => settleAll(db, settled))
    for (const one of settled) {
      if (one.status === 'sent') channels.get(one.to.channel)?.recorded?.(one.to)
    }
  })

  function fullChannels(): ChannelName[] {
    const busy = [...underWay.values()].map(([first]) => first?.channel)
    return [...channels.keys()].filter(name => busy.filter(one => one === name).length >= MOST_CHATS)
  }

  function track(work: Promise<void>, chat: Claimed[]): void {
    const tracked = work
      .catch((error: unknown) => log.warn('a send was not settled', faultOf(error)))
      .finally(() => {
        underWay.delete(tracked)
        wake()
      })
    underWay.set(tracked, chat)
  }

  /** One chat's messages, one after another. After a failure that will be tried again the rest waits behind it. */
  async function sendChat(chat: Claimed[]): Promise<void> {
    const until = performance.now() + (LEASE_SECONDS * 1000 - SEND_MS)
    for (const [n, message] of chat.entries()) {
      if (stopped || performance.now() > until) {
        await handBack(chat.slice(n))
        return
      }
      const outcome = await send(message, until)
      if (outcome === 'too late') {
        await handBack(chat.slice(n), TOO_LATE_SECONDS)
        return
      }
      // Written down before the next one leaves, so that a crash can repeat one message of a chat, never two.
      await record(outcome)
      if (outcome.status === 'waiting') {
        await handBack(chat.slice(n + 1))
        return
      }
    }
  }

  function handBack(messages: Claimed[], pauseSeconds = 0): Promise<void> {
    const ids = messages.map(({ id }) => id)
    return noteDown(() => giveBack(db, ids, pauseSeconds))
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
    wake,
    start() {
      void every()
    },
    async stop() {
      stopped = true
      clearTimeout(poll)
      await looking
      await Promise.allSettled(underWay.keys())
    },
  }
}
