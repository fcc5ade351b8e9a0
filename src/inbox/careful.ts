import type { Receipt } from '../channels/channel.ts'
import { faultOf, type Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import { type Arrival, whoseOf } from './arrival.ts'
import { comeToWork, forgetLeft, leaveWork } from './at-work.ts'

/** After a death every message is taken by itself for this long, with an attempt counted before it is tried. */
const AFTER_DEATH_MS = 60_000
/** An address whose turn threw is kept apart for this long: as long as a message is tried, guarantees F17. */
const SUSPECT_MS = 120_000
/** Addresses taken side by side. One that loops in SQL holds a lane and a connection for its five seconds. */
const LANES = 3

/** An arrival and whoever waits to hear that it is durably ours. */
export type Waiting = { arrival: Arrival; resolve(receipt: Receipt): void; reject(error: unknown): void }

/** Takes what may be poison apart from everybody else: one at a time, in order for each address. */
export type Careful = {
  /** Learns whether a process before us died at work. Those beside us on the same database are none of them. */
  start(): Promise<void>
  /** False while there is nobody to keep apart. */
  isWatching(): boolean
  /** Whether this one must not be taken together with others. */
  wants(arrival: Arrival): boolean
  add(waiting: Waiting): void
  /** Its turn threw: what comes from there next may throw too. */
  suspect(arrival: Arrival): void
  /** How many wait here. */
  size(): number
  /** Finishes what is being taken; the rest is handed back untaken. */
  stop(): Promise<void>
}

/** `take` handles one arrival; `counted`: an attempt is to be counted, in a commit of its own, before it is tried. */
export function createCareful(
  { db, log }: { db: Db; log: Pick<Log, 'warn'> },
  take: (waiting: Waiting, counted: boolean) => Promise<void>,
  refuse: () => Error,
): Careful {
  const chains = new Map<string, Waiting[]>()
  // Those that failed before have lanes of their own: new ones do not wait for them.
  const ways = { fresh: createWay(), tried: createWay() }
  const suspects = new Map<string, number>()
  let size = 0
  let alertUntil = 0
  let stopped = false
  let forgetting: NodeJS.Timeout | undefined

  const isAlert = () => performance.now() < alertUntil

  function isSuspect(name: string): boolean {
    const until = suspects.get(name)
    if (until === undefined) return false
    if (performance.now() < until) return true
    suspects.delete(name)
    return false
  }

  function queueUp(name: string): void {
    const tried = isSuspect(name) || (chains.get(name)?.[0]?.arrival.row?.attempts ?? 0) > 0
    ways[tried ? 'tried' : 'fresh'].ready.push(name)
    pump()
  }

  function pump(): void {
    // Singly after a death: the attempt that is counted must be that of the one who kills.
    const lanes = isAlert() ? 1 : LANES
    for (const { ready, working } of Object.values(ways)) {
      while (working.size < lanes) {
        const name = ready.shift()
        if (name === undefined) break
        const work = takeNext(name).finally(() => {
          working.delete(work)
          pump()
        })
        working.add(work)
      }
    }
  }

  async function takeNext(name: string): Promise<void> {
    const chain = chains.get(name) ?? []
    const waiting = chain[0]
    if (waiting === undefined) return
    try {
      // A step of its own: thousands who wait behind one another would be as many calls deep.
      if (stopped) await Promise.resolve().then(() => waiting.reject(refuse()))
      else await take(waiting, isAlert() || (waiting.arrival.row?.attempts ?? 0) > 0)
    } finally {
      chain.shift()
      size -= 1
      if (chain.length === 0) chains.delete(name)
      else queueUp(name)
    }
  }

  async function forget(died: readonly string[]): Promise<void> {
    try {
      await forgetLeft(db, died)
    } catch (error) {
      log.warn('a death could not be forgotten, so the next start will be careful', faultOf(error))
    }
  }

  return {
    async start() {
      const died = await comeToWork(db)
      if (died.length === 0) return
      alertUntil = performance.now() + AFTER_DEATH_MS
      // Not before: whoever starts meanwhile must know as well, and so must whoever comes after our own death of the same.
      forgetting = setTimeout(() => void forget(died), AFTER_DEATH_MS).unref()
    },
    isWatching: () => isAlert() || chains.size > 0 || suspects.size > 0,
    wants(arrival) {
      const name = whoseOf(arrival)
      return isAlert() || chains.has(name) || isSuspect(name)
    },
    add(waiting) {
      const name = whoseOf(waiting.arrival)
      const chain = chains.get(name)
      size += 1
      if (chain !== undefined) {
        chain.push(waiting)
        return
      }
      chains.set(name, [waiting])
      queueUp(name)
    },
    suspect: arrival => void suspects.set(whoseOf(arrival), performance.now() + SUSPECT_MS),
    size: () => size,
    async stop() {
      stopped = true
      while (size > 0) await Promise.all([...ways.fresh.working, ...ways.tried.working])
      clearTimeout(forgetting)
      await leaveWork(db)
    },
  }
}

function createWay(): { ready: string[]; working: Set<Promise<void>> } {
  return { ready: [], working: new Set() }
}
