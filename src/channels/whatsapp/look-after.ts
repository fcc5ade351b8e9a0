import { pause } from '../back-off.ts'
import type { Move } from './after-close.ts'
import type { SessionState, Times, WhatsappOptions } from './ports.ts'
import { createQuietWatch } from './quiet-watch.ts'
import type { Worker } from './start-worker.ts'

/** Why a number's socket is not held any longer. */
export type End =
  | { is: 'closed'; move: Move }
  /** Another process leads, or we are to stop. */
  | { is: 'over' }
  /** The records cannot be reached: WhatsApp keeps what comes meanwhile. */
  | { is: 'away' }
  /** The worker is gone, or was ended because it went deaf. */
  | { is: 'died' }
  | { is: 'deaf' }
  /** Somebody wants it linked another way. */
  | { is: 'asked' }

type Parts = Pick<WhatsappOptions, 'sessions'> & {
  office: string
  epoch: number
  worker: Pick<Worker, 'ask' | 'quietMs'>
  isOpen: () => boolean
  /** What it was opened for. */
  asked: SessionState['asked']
  times: Times
}

/** Milliseconds a log-out may take before the account is forgotten without one. */
const LOG_OUT_MS = 20_000

/**
 * Looks after a socket that is held: whether we still may, whether the records are there, whether somebody wants it unlinked, and
 * whether it still hears anything. Gives why it must end; when `signal` aborts, that it is over. Rejects when the records do.
 */
export async function lookAfter(parts: Parts, signal: AbortSignal): Promise<End> {
  const { office, sessions, epoch, worker, isOpen, asked, times } = parts
  const watch = createQuietWatch(times.quiet)
  const begun = performance.now()
  let isDeaf = false

  async function lookOnce() {
    return { leads: await sessions.leads(office, epoch), session: await sessions.of(office) }
  }

  async function probe(): Promise<void> {
    const answered = await inTime(worker.ask('probe', null), times.ack).catch(() => undefined)
    isDeaf = answered !== true
  }

  while (!signal.aborted) {
    const state = await inTime(lookOnce(), times.away)
    if (state === undefined) return { is: 'away' }
    if (!state.leads) return { is: 'over' }
    if (state.session?.asked?.by === 'unlink') {
      const isLate = performance.now() - begun > LOG_OUT_MS
      if (isOpen()) await inTime(worker.ask('logOut', null), times.ack).catch(() => undefined)
      if (isOpen() || isLate) return { is: 'closed', move: { do: 'forget', reason: 'unlinked' } }
    }
    const now = state.session?.asked
    if (!isOpen() && now !== undefined && JSON.stringify(now) !== JSON.stringify(asked))
      return { is: 'asked' }
    const what = isOpen() ? watch.look(worker.quietMs()) : 'nothing'
    if (what === 'restart' || isDeaf) return { is: 'deaf' }
    if (what === 'ask') void probe()
    await pause(times.look, signal)
  }
  return { is: 'over' }
}

/** Undefined when it took longer than `ms`. */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const late = new AbortController()
  try {
    return await Promise.race([work, pause(ms, late.signal).then(() => undefined)])
  } finally {
    late.abort()
  }
}
