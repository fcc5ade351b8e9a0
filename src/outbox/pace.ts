import type { Pace as Limits } from '../channels/channel.ts'
import { createSecond, SECOND_MS } from './second.ts'
import { createOrder, type Waiter } from './waiter.ts'

/** Calls refused one after another until the whole bot is believed to be held: in a storm of single chats it is never so. */
const STREAK = 8
/** What a stall cost is made up for, so many messages at most, a little closer together than usual; the second is kept all the same. */
const OWED = 10
const CLOSER = 0.7
const MINUTE_MS = 60_000
/**
 * The share of a minute's messages that is left to those who wait for an answer: notices stop before it. In a group with topics an
 * answer may need two, its topic first.
 */
const KEPT = 1 / 2

/**
 * What we say first that may be with the platform at once. At 28 a second that lets an answer take 180 ms; should we die, so many at
 * most are of unknown fate, and after a stall no more can leave in a burst.
 */
export const AT_ONCE = 5
/** The urgency of what we say first: only that is counted so. */
export const FIRST = 2
/** What is said first is about no ticket: this as its title says that it is a reminder somebody chose. */
export const REMINDER = 'reminder'
/** Milliseconds nothing is said first after one of which nobody knows whether it was taken; doubled with each in a row. */
const DOUBT_MS = 1_000
const MOST_DOUBT_MS = 300_000

export type Clock = { now(): number; after(ms: number, then: () => void): void }
const steady: Clock = {
  now: () => performance.now(),
  after: (ms, then) => void setTimeout(then, ms),
}

type Address = { nextAt: number; sent: number[] }

/**
 * An even pace for one bot: messages leave one by one instead of in bursts that a platform answers with 429, those that answer
 * somebody before notices and announcements, and to each address no faster than it may. Waiting costs a look at a few hundred who wait.
 */
export function createPace(limits: Limits, clock: Clock = steady) {
  const gap = 1000 / limits.perSecond
  const unlimited = gap === 0 && limits.perAddressMs === 0 && limits.perMinute === undefined
  const order = createOrder()
  const addresses = new Map<string, Address>()
  // One more than the even gap lets through, for answers that take a little longer than the quickest.
  const second = createSecond(Math.floor(limits.perSecond) + 1)
  let waiters: Waiter[] = []
  let [nextAt, lastAt] = [clock.now(), Number.NEGATIVE_INFINITY]
  let streak = 0
  let [firsts, doubts] = [0, 0]
  // Who ran before us may have used up this second: answers take that chance, nobody waits for the rest.
  let firstsAt = clock.now() + SECOND_MS
  let alarm = Number.POSITIVE_INFINITY

  function mostIn(address: string, urgency: number): number {
    const most = limits.perMinute?.(address) ?? Number.POSITIVE_INFINITY
    return urgency === 0 ? most : Math.ceil(most * (1 - KEPT))
  }

  function readyAt({ address, urgency }: Pick<Waiter, 'address' | 'urgency'>): number {
    if (urgency >= FIRST && firsts >= AT_ONCE) return Number.POSITIVE_INFINITY
    const { nextAt: own = 0, sent = [] } = addresses.get(address) ?? {}
    const most = mostIn(address, urgency)
    const oldest = sent.length < most ? undefined : sent[sent.length - most]
    return Math.max(own, oldest === undefined ? 0 : oldest + MINUTE_MS, urgency >= FIRST ? firstsAt : 0)
  }

  function note(address: string, moment: number): void {
    const known = addresses.get(address) ?? { nextAt: 0, sent: [] }
    known.nextAt = Math.max(known.nextAt, moment + limits.perAddressMs)
    if (limits.perMinute !== undefined)
      known.sent = [...known.sent.filter(at => at > moment - MINUTE_MS), moment]
    addresses.set(address, known)
    if (addresses.size > 10_000) forget(moment)
  }

  function forget(moment: number): void {
    for (const [address, { nextAt: at, sent }] of addresses) {
      if (at <= moment && (sent.at(-1) ?? 0) <= moment - MINUTE_MS) addresses.delete(address)
    }
  }

  function mayGoAt(): number {
    return Math.max(nextAt, lastAt + gap * CLOSER)
  }

  /** Lets everybody go whose moment has come, and looks again when the next one's does. */
  function look(): void {
    const moment = clock.now()
    alarm = Number.POSITIVE_INFINITY
    for (const late of waiters.filter(({ until }) => until < moment)) late.go(false)
    waiters = waiters.filter(({ until }) => until >= moment)
    while (mayGoAt() <= moment && second.freeAt(moment) <= moment) {
      const next = order.next(waiters.filter(waiter => readyAt(waiter) <= moment))
      if (next === undefined) break
      waiters.splice(waiters.indexOf(next), 1)
      nextAt = Math.max(nextAt, moment - OWED * gap) + gap
      lastAt = moment
      if (next.urgency >= FIRST) firsts += 1
      second.begin(moment)
      note(next.address, moment)
      next.go(true)
    }
    if (waiters.length === 0) return
    const late = Math.min(...waiters.map(({ until }) => until + 1))
    lookAt(Math.min(late, Math.max(Math.min(...waiters.map(readyAt)), mayGoAt(), second.freeAt(moment))))
  }

  function lookAt(moment: number): void {
    if (moment >= alarm || moment === Number.POSITIVE_INFINITY) return
    alarm = moment
    clock.after(Math.max(0, Math.ceil(moment - clock.now())), () => {
      if (moment !== alarm) return
      // A timer may come early: Node counts from when its event loop last looked at the time. Nobody else would look again.
      look()
    })
  }

  return {
    /**
     * Waits for the turn of a message to `address`; false when it has not come by `until`, or was given up. After true comes
     * `answered`, once. The lower `urgency` goes first, of the same who does not hurry. `begun` is given what ends the waiting: true if
     * it was still in time.
     */
    turn(
      address: string,
      urgency: number,
      until: number,
      begun: (giveUp: () => boolean) => void = () => undefined,
      hurries: () => boolean = () => false,
    ): Promise<boolean> {
      if (unlimited) return Promise.resolve(true)
      return new Promise(resolve => {
        const waiter = { address, urgency, until, hurries, go: resolve }
        const behind = waiters.findIndex(one => one.urgency > urgency)
        waiters.splice(behind === -1 ? waiters.length : behind, 0, waiter)
        begun(() => {
          const at = waiters.indexOf(waiter)
          if (at === -1) return false
          waiters.splice(at, 1)
          resolve(false)
          return true
        })
        look()
      })
    },
    /** What had its turn was answered, or will not be sent: `ms` after its turn had come. */
    answered(ms: number): void {
      if (unlimited) return
      second.end(clock.now(), ms)
      look()
    },
    /**
     * What we said first is over, in the records as well. `unknown`: nobody knows whether the platform took it. While that goes on
     * ever less is tried: none of it may be tried again.
     */
    firstOver(unknown: boolean): void {
      if (unlimited) return
      firsts -= 1
      doubts = unknown ? doubts + 1 : 0
      if (unknown) firstsAt = clock.now() + Math.min(MOST_DOUBT_MS, DOUBT_MS * 2 ** (doubts - 1))
      look()
    },
    /** The platform asked to be left alone at `address` for `ms`. All calls refused in a row: it means the whole bot. */
    refused(address: string, ms: number): void {
      const until = clock.now() + ms
      const known = addresses.get(address) ?? { nextAt: 0, sent: [] }
      addresses.set(address, { ...known, nextAt: Math.max(known.nextAt, until) })
      streak += 1
      if (streak >= STREAK) nextAt = Math.max(nextAt, until)
    },
    /**
     * The platform took a message there, by `calls` of those that it counts. It counts from when it had them, which may be any
     * moment until now.
     */
    taken(address: string, calls = 1): void {
      streak = 0
      if (unlimited) return
      const moment = clock.now()
      for (let more = 1; more < calls; more += 1) {
        note(address, moment)
        second.add(moment)
        nextAt += gap
      }
      const known = addresses.get(address)
      if (known !== undefined) known.nextAt = Math.max(known.nextAt, moment + limits.perAddressMs)
    },
    /** How many more messages of this urgency the minute takes there. */
    left(address: string, urgency: number): number {
      const since = clock.now() - MINUTE_MS
      const sent = addresses.get(address)?.sent.filter(at => at > since).length ?? 0
      return Math.max(0, mostIn(address, urgency) - sent)
    },
  }
}

export type Pace = ReturnType<typeof createPace>
