import type { Update } from 'grammy/types'
import { faultOf } from '../../lib/log.ts'
import { backOff, pause } from '../back-off.ts'
import type { Lanes } from '../lanes.ts'
import type { Lease } from '../ports.ts'
import type { Client } from './client.ts'
import { createInHand, type InHand } from './in-hand.ts'
import type { TelegramOptions, Times } from './ports.ts'
import type { Take } from './take.ts'
import { createTrouble } from './trouble.ts'
import { chatOf, WANTED } from './update-shape.ts'

type Parts = Pick<TelegramOptions, 'leader' | 'offsets' | 'log' | 'found'> & {
  client: Client
  lanes: Lanes
  take: Take
  times: Times
  chance: () => number
  signal: AbortSignal
}

/** Updates given at once; Telegram's own most. */
const BATCH = 100
/** Milliseconds a stop waits for what is being taken; what is not finished then comes again. */
const FINISH_MS = 3_000
/** While nothing moves, looks become rarer up to this many times the first pause between them. */
const RAREST = 16

/** Asks Telegram for an office's updates for as long as it is our turn; ends when `signal` aborts. Never rejects. */
export async function pollUpdates(parts: Parts): Promise<void> {
  const { client, leader, log, times, chance, signal } = parts
  const trouble = createTrouble({ office: client.office, log, times, chance })
  while (!signal.aborted) {
    let lease: Lease | undefined
    try {
      lease = await leader.lead(client.office, signal)
      trouble.over()
      await lead(parts, lease)
      await pause(times.firstPause, signal)
    } catch (error) {
      if (!signal.aborted) await pause(trouble.met(error), signal)
    } finally {
      await lease?.release().catch(error => log.warn('a lease was not given back', faultOf(error)))
    }
  }
}

/** Until the lease is lost or the channel stops. */
async function lead(parts: Parts, lease: Lease): Promise<void> {
  const { client, offsets, log, times, chance } = parts
  const signal = AbortSignal.any([parts.signal, lease.lost])
  const { found } = parts
  const trouble = createTrouble({
    office: client.office,
    log,
    times,
    chance,
    ...(found === undefined ? {} : { found }),
  })
  const inHand = createInHand()
  const work = new Set<Promise<void>>()
  let noted: number | undefined
  let quiet = 0

  while (!signal.aborted) {
    try {
      const offset = inHand.offset()
      // Written down first, and only by the newest leader: one that was frozen meanwhile confirms nothing.
      if (offset !== undefined && offset !== noted) {
        if (!(await offsets.set(client.office, offset, lease.epoch))) break
        noted = offset
        quiet = 0
      }
      const fresh = inHand.add(await askFor(client, offset, inHand.open() > 0 ? 0 : times.poll, signal))
      inHand.confirmed(offset)
      trouble.over()
      for (const update of fresh) {
        const taking = takeUntilTaken({ ...parts, signal }, update, inHand)
        const tracked = taking.finally(() => work.delete(tracked))
        work.add(tracked)
      }
      // What is in hand would be given again at once: until it is taken, a look now and then is enough to see what is new.
      quiet = fresh.length > 0 ? 0 : quiet + 1
      if (inHand.open() > 0) {
        await within(times.busy * Math.min(RAREST, 2 ** quiet), signal, end => inHand.settled(end))
      }
    } catch (error) {
      if (!signal.aborted) await pause(trouble.met(error), signal)
    }
  }
  await within(FINISH_MS, undefined, () => Promise.all(work))
}

function askFor(
  client: Client,
  offset: number | undefined,
  waitMs: number,
  signal: AbortSignal,
): Promise<Update[]> {
  const ask = {
    ...(offset === undefined ? {} : { offset }),
    limit: BATCH,
    timeout: Math.floor(waitMs / 1000),
    allowed_updates: WANTED,
  }
  return client.askLong((api, until) => api.getUpdates(ask, until), signal)
}

/** Tries one update until it is ours; those of its chat wait behind it, the others do not. */
async function takeUntilTaken(parts: Parts, update: Update, inHand: InHand): Promise<void> {
  const { client, lanes, take, times, chance, signal } = parts
  const lane = `${client.office} ${chatOf(update) ?? `u${update.update_id}`}`
  await lanes.run(lane, async () => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await take(client, update)
        inHand.take(update.update_id)
        return
      } catch {
        // Told of by `take` where the fault is ours; here it only matters that the update is tried again.
        await pause(backOff(failures, times, chance), signal)
      }
    }
  })
}

/** Waits for some work, but no longer than `ms` or until `signal` aborts. */
async function within(
  ms: number,
  signal: AbortSignal | undefined,
  work: (end: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const end = new AbortController()
  const stop = signal === undefined ? end.signal : AbortSignal.any([signal, end.signal])
  try {
    await Promise.race([work(stop), pause(ms, stop)])
  } finally {
    end.abort()
  }
}
