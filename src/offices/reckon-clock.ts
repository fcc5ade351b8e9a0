import { DAY_MINUTES, MINUTE_MS, momentOf, wallTime } from '../lib/wall-time.ts'
import { addDays, addWorkingDays, type Day } from '../lib/working-days.ts'
import { add, between, hoursOf, isWorkingDay, nextOpening, type WorkingTime } from '../lib/working-time.ts'
import type { ClockRule, Mark } from './clock-rules.ts'
import { lastDay } from './due-date.ts'

/** When a clock was set going and when it was stopped, in turn: with an odd number of moments it runs. */
export type Turns = readonly Date[]

/** Where a clock stands. `due` is null while it rests, unless its time had run out before. */
export type Reckoned = {
  due: { day: Day; at: Date } | null
  /** When it comes to a mark; null when nobody can tell, since it rests. */
  momentOf(mark: Mark): Date | null
}

/**
 * Reckons a clock from its turns. Time is measured in the minutes of the rule's unit: those the office is open, or all. The
 * whole of it is what lies between receipt and the end of hours of the rule's last day, so that a pause gives back just what
 * it took, however often the clock is stopped.
 */
export function reckonClock(
  time: WorkingTime,
  rule: Pick<ClockRule, 'days' | 'unit'>,
  turns: Turns,
): Reckoned {
  const [received] = turns
  if (received === undefined) return { due: null, momentOf: () => null }
  const pace = rule.unit === 'working' ? workingPace(time) : ALL_HOURS
  const start = rule.unit === 'working' ? countsFrom(time, received) : received
  const allowed = pace.between(start, endOf(time, lastDay(time, rule, wallTime(time.zone, received).day)))
  // Stopped and set going before it began to count: that is the start as well.
  const counted = turns.map(turn => (turn < start ? start : turn))
  const ranOut = momentAfter(pace, counted, allowed)
  const due = ranOut && lastMoment(time, ranOut)
  return {
    due,
    momentOf(mark) {
      if ('percent' in mark) {
        return momentAfter(pace, counted, Math.ceil((allowed * mark.percent) / 100))
      }
      if (due === null || mark.daysAfter === 0) return due?.at ?? null
      return endOf(
        time,
        addWorkingDays(one => isWorkingDay(time, one), due.day, mark.daysAfter),
      )
    },
  }
}

/** What reached us outside hours or on a closed day counts from the next working day on; a break at noon is not outside. */
function countsFrom(time: WorkingTime, received: Date): Date {
  const { day, minute } = wallTime(time.zone, received)
  const hours = hoursOf(time, day)
  if (hours !== null && hours.opens <= minute && minute < hours.closes) return received
  return nextOpening(time, momentOf(time.zone, { day: addDays(day, 1), minute: 0 }))
}

/** The end of hours on that day; of the day itself when nobody works. */
function endOf(time: WorkingTime, day: Day): Date {
  return momentOf(time.zone, { day, minute: hoursOf(time, day)?.closes ?? DAY_MINUTES })
}

/** The day on which time ran out, that of its last minute, and the end of its hours. */
function lastMoment(time: WorkingTime, ranOut: Date): { day: Day; at: Date } {
  const { day } = wallTime(time.zone, new Date(ranOut.getTime() - MINUTE_MS))
  return { day, at: endOf(time, day) }
}

type Pace = { between(from: Date, to: Date): number; add(from: Date, minutes: number): Date }

const minuteOf = (at: Date) => Math.floor(at.getTime() / MINUTE_MS)

const ALL_HOURS: Pace = {
  between: (from, to) => Math.max(0, minuteOf(to) - minuteOf(from)),
  add: (from, minutes) => new Date((minuteOf(from) + minutes) * MINUTE_MS),
}

function workingPace(time: WorkingTime): Pace {
  return { between: (from, to) => between(time, from, to), add: (from, minutes) => add(time, from, minutes) }
}

/** When so many minutes of running have gone by; null when the clock stands before that. */
function momentAfter(pace: Pace, turns: Turns, minutes: number): Date | null {
  let left = minutes
  for (let n = 0; n < turns.length; n += 2) {
    const [from, to] = [turns[n], turns[n + 1]]
    if (from === undefined) return null
    const ran = to === undefined ? Number.POSITIVE_INFINITY : pace.between(from, to)
    if (ran >= left) return pace.add(from, left)
    left -= ran
  }
  return null
}
