import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, type ChannelName, SendError } from '../channels/channel.ts'
import { renderMessage } from '../channels/choices.ts'
import type { Counters } from '../lib/counters.ts'
import { killPoint } from '../lib/kill-point.ts'
import { faultOf, type Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Claimed, claimDue, LEASE_SECONDS, releaseAbandoned } from './claim.ts'
import { createPace, type Pace } from './pace.ts'
import { afterFailure, giveBack, notePart, type Settled, settleAll } from './settle.ts'

/** Backstop for what nobody woke us for: retries, other processes, leases that ran out. */
const POLL_MS = 1_000
/** A send that takes longer is given up as unreachable; well inside the lease. */
const SEND_MS = 15_000

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
  const paces = new Map<ChannelName, Pace>()
  for (const [name, channel] of channels) paces.set(name, createPace(channel.pace))
  const underWay = new Set<Promise<void>>()
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
        const chats = await claimDue(db, sealing)
        if (chats.length > 0) again = true
        killPoint('messages claimed')
        await sendTogether(chats)
      }
    } catch (error) {
      log.warn('the outbox could not be read', faultOf(error))
    } finally {
      // In the same breath as `again` was seen false: whoever wakes us next starts a look of his own.
      looking = undefined
    }
  }

  /** Chats that are done at once are settled together; slow ones settle by themselves and hold nobody up. */
  async function sendTogether(chats: Claimed[][]): Promise<void> {
    const quick: Settled[] = []
    let late = false
    const all = chats.map(async chat => {
      const settled = await sendChat(chat)
      if (late) await record(settled)
      else quick.push(...settled)
    })
    for (const one of all) track(one)
    await Promise.race([Promise.allSettled(all), pause(5)])
    late = true
    await record(quick)
  }

  async function record(settled: Settled[]): Promise<void> {
    await settleAll(db, settled)
    for (const one of settled) {
      if (one.status === 'sent') channels.get(one.to.channel)?.recorded?.(one.to)
    }
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => log.warn('a send was not settled', faultOf(error)))
      .finally(() => {
        underWay.delete(tracked)
        wake()
      })
    underWay.add(tracked)
  }

  /** One chat's messages, one after another. After a failure that will be tried again the rest waits behind it. */
  async function sendChat(chat: Claimed[]): Promise<Settled[]> {
    const settled: Settled[] = []
    const until = performance.now() + (LEASE_SECONDS * 1000 - SEND_MS)
    for (const [n, message] of chat.entries()) {
      if (stopped || performance.now() > until) {
        await giveBack(
          db,
          chat.slice(n).map(({ id }) => id),
        )
        break
      }
      const outcome = await sendOne(message)
      settled.push(outcome)
      if (outcome.status === 'waiting') {
        await giveBack(
          db,
          chat.slice(n + 1).map(({ id }) => id),
        )
        break
      }
    }
    return settled
  }

  async function sendOne(message: Claimed): Promise<Settled> {
    const channel = channels.get(message.channel)
    const pace = paces.get(message.channel)
    let sent = message.partsSent
    try {
      if (channel === undefined || pace === undefined) {
        throw new SendError('unreachable', `Channel ${message.channel} is not switched on.`)
      }
      const { office, address, key, seq, from } = message
      const parts = renderMessage(message.text, message.options, channel.capabilities)
      for (const part of parts.slice(sent)) {
        const wait = pace.take(`${office}/${address}`)
        if (wait > 0) await pause(wait)
        const whole = { office, channel: message.channel, address, key: `${key}/${sent}`, seq, from, ...part }
        await withTimeout(channel.send(whole))
        killPoint('part sent')
        sent += 1
        if (sent < parts.length) await notePart(db, message.id, sent)
      }
      counters.add('messages_sent_total')
      return { id: message.id, status: 'sent', to: { office, channel: message.channel, address } }
    } catch (error) {
      counters.add('sends_failed_total')
      const failure =
        error instanceof SendError
          ? error
          : new SendError('unreachable', 'The send failed.', { cause: error })
      log.warn('a message was not delivered', {
        outboxId: message.id,
        channel: message.channel,
        failure: failure.failure,
      })
      return afterFailure(message, failure, sent, new Date(), chance())
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
      const freed = alone ? releaseAbandoned(db, 'all') : Promise.resolve(0)
      freed.then(every, (error: unknown) => {
        log.warn('the outbox could not be looked at', faultOf(error))
        return every()
      })
    },
    async stop() {
      stopped = true
      clearTimeout(poll)
      await looking
      await Promise.allSettled(underWay)
    },
  }
}

async function withTimeout(sending: Promise<void>): Promise<void> {
  const abort = new AbortController()
  try {
    await Promise.race([
      sending,
      pause(SEND_MS, undefined, { signal: abort.signal }).then(() => {
        throw new SendError('unreachable', `No answer within ${SEND_MS / 1000} s.`)
      }),
    ])
  } finally {
    abort.abort()
  }
}
