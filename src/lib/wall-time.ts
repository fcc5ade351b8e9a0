import { localTime } from './local-time.ts'
import type { Day } from './working-days.ts'

/** A moment as a wall clock of some zone shows it: the day, and whole minutes since its midnight. */
export type WallTime = { day: Day; minute: number }

export const MINUTE_MS = 60_000
export const DAY_MINUTES = 1440

/** `zone` is an IANA name; seconds are dropped. */
export function wallTime(zone: string, at: Date): WallTime {
  const wall = new Date(at.getTime() + aheadMs(zone, at.getTime()))
  return { day: wall.toISOString().slice(0, 10), minute: wall.getUTCHours() * 60 + wall.getUTCMinutes() }
}

/** The moment at which the walls of `zone` show it; `minute` may be 1440, the end of the day. */
export function momentOf(zone: string, { day, minute }: WallTime): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS
  const first = wall - aheadMs(zone, wall)
  // The offset of that moment itself: only where clocks are changed in summer is it another one.
  return new Date(wall - aheadMs(zone, first))
}

const HOUR_MS = 3_600_000
/** A year of hours; reckoning asks for the same weeks again and again, and asking Intl costs 100 µs. */
const MOST_KNOWN = 8784
const known = new Map<string, Map<number, number>>()

/** Milliseconds that the walls of `zone` are ahead of UTC at that moment. No offset changes inside an hour. */
function aheadMs(zone: string, at: number): number {
  const hour = Math.floor(at / HOUR_MS)
  const ofZone = known.get(zone) ?? new Map<number, number>()
  known.set(zone, ofZone)
  const last = ofZone.get(hour)
  if (last !== undefined) return last
  if (ofZone.size >= MOST_KNOWN) ofZone.clear()
  const start = hour * HOUR_MS
  const ahead = Date.parse(`${localTime(zone, new Date(start)).slice(0, 19)}Z`) - start
  ofZone.set(hour, ahead)
  return ahead
}
