import { momentOf, wallTime } from '../lib/wall-time.ts'
import { addDays } from '../lib/working-days.ts'
import { type QuietHours, quietUntil } from './quiet-hours.ts'

/** In the morning of the day before: time enough to gather papers, or to be somewhere. */
const MORNING = 9 * 60
/** Asked for too late for that, so many hours before. */
const HOURS_BEFORE = 3
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** The last minutes before the night, where the hour itself would be in it. */
const BEFORE_NIGHT = 30

/**
 * When to remind somebody in that zone of something that is due: the day before at nine; if that is gone, three hours before, or late in
 * the evening before where that is at night. Undefined when it is too late for all of these: then it is told at once instead.
 */
export function whenToRemind(due: Date, zone: string, quiet: QuietHours, now: Date): Date | undefined {
  const { day } = wallTime(zone, due)
  const morning = momentOf(zone, { day: addDays(day, -1), minute: MORNING })
  if (morning > now) return morning
  const before = awake(new Date(due.getTime() - HOURS_BEFORE * HOUR_MS), zone, quiet)
  return before > now && before < due ? before : undefined
}

/** The moment itself, or the end of the evening before it where people sleep then. */
function awake(at: Date, zone: string, quiet: QuietHours): Date {
  const until = quietUntil(quiet, zone, at)
  if (until === undefined) return at
  const { day } = wallTime(zone, until)
  return new Date(
    momentOf(zone, { day: addDays(day, -1), minute: quiet.from }).getTime() - BEFORE_NIGHT * MINUTE_MS,
  )
}
