import { faultOf } from '../../lib/log.ts'
import { backOff, backOffHere, pause } from '../back-off.ts'
import type { Lease } from '../ports.ts'
import { notedOf } from './after-close.ts'
import type { Ask } from './calls.ts'
import { type HoldParts, holdSocket } from './hold-socket.ts'
import type { End } from './look-after.ts'
import type { SessionState, WhatsappOptions } from './ports.ts'
import { NEEDS_STAFF } from './staff-words.ts'
import type { ServerAsks } from './wire.ts'

type Parts = Omit<HoldParts, 'opened'> &
  Pick<WhatsappOptions, 'leader' | 'tellDesks'> & {
    opened: (ask: Ask<ServerAsks> | undefined) => void
    /** Until when WhatsApp restricts the number, as it was written down. */
    restrictedUntil: (until: Date | undefined) => void
    signal: AbortSignal
  }

/** Milliseconds between two clean-ups. */
const TIDY_MS = 600_000

/** Looks after one office's number for as long as it is our turn; ends when `signal` aborts. Never rejects. */
export async function keepNumber(parts: Parts): Promise<void> {
  const { office, leader, log, times, chance, signal } = parts
  let failures = 0
  while (!signal.aborted) {
    let lease: Lease | undefined
    try {
      lease = await leader.lead(office, signal)
      failures = 0
      await lead(parts, lease)
    } catch (error) {
      if (signal.aborted) break
      failures += 1
      log.warn('a WhatsApp number is not looked after', { office, attempts: failures, ...faultOf(error) })
      await pause(backOffHere(failures, times.firstPause, chance), signal)
    } finally {
      await lease?.release().catch(error => log.warn('a lease was not given back', faultOf(error)))
    }
  }
}

/** Until the lease is lost or the channel stops. Rejects when the records cannot be reached. */
async function lead(parts: Parts, lease: Lease): Promise<void> {
  const { office, sessions, intake, times, signal } = parts
  const until = AbortSignal.any([signal, lease.lost])
  await intake.leftBehind(office, until)
  const failures = { count: 0 }
  let tidyAt = 0
  while (!until.aborted) {
    if (performance.now() >= tidyAt) {
      await sessions.tidy()
      tidyAt = performance.now() + TIDY_MS
    }
    const session = await sessions.of(office)
    if (!isWanted(session)) {
      await pause(times.asked, until)
      continue
    }
    if (session.asked?.by === 'unlink' && session.status !== 'linked') {
      await settle(parts, session, { is: 'closed', move: { do: 'forget', reason: 'unlinked' } })
      continue
    }
    parts.restrictedUntil(session.restrictedUntil)
    const keys = await sessions.keys(office, lease.epoch)
    const end = await holdSocket(parts, { keys, epoch: lease.epoch, session, failures }, until)
    if (end.is === 'over') return
    if (end.is === 'away') throw new Error('The records of a WhatsApp number cannot be reached.')
    if (end.is === 'died') failures.count += 1
    await pause(await settle(parts, session, end, failures.count), until)
  }
}

/** Nothing is tried that nobody wants: a number that was stopped stays so, also after a restart. */
function isWanted(session: SessionState | undefined): session is SessionState {
  return session !== undefined && (session.asked !== undefined || session.status === 'linked')
}

/** Writes down how it ended, and lets staff know where they must do something. Gives how long to wait. */
async function settle(parts: Parts, session: SessionState, end: End, failures = 1): Promise<number> {
  const { office, sessions, tellDesks, log, times, chance } = parts
  if (end.is === 'deaf') {
    log.warn('a WhatsApp number heard nothing for long, its worker is started anew', { office })
    return 0
  }
  if (end.is === 'asked') return 0
  if (end.is !== 'closed') {
    log.warn('the worker of a WhatsApp number ended', { office, attempts: failures })
    return backOff(failures, times, chance)
  }
  const { move } = end
  if (move.do === 'fetch_version') return times.slow
  const noted = notedOf(move)
  if (noted === undefined || !('reason' in move)) return backOff(failures, times, chance)
  log.warn('a WhatsApp number stopped', { office, kind: move.reason })
  const words = NEEDS_STAFF[move.reason]
  // Told before it is noted, under a key that stays the same until then: once, and not at all only if the records are gone for good.
  if (words !== undefined)
    await tellDesks(office, `whatsapp/${move.reason}/${session.changedAt.getTime()}`, words)
  if (move.do === 'forget') await sessions.wipe(office)
  await sessions.note(office, noted)
  return 0
}
