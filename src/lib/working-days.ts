/** Days as they stand on a wall: 2026-11-21. */
export type Day = string

/** Closed days by date, and the years a calendar was written for. */
export type Calendar = { closed: ReadonlySet<Day>; years: ReadonlySet<number> }

const DAY_MS = 86_400_000

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

export function isWorkingDay(calendar: Calendar, day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !calendar.closed.has(day)
}

/**
 * The last of `days` working days after `day`. Counting begins on the next working day, so a report at 23.50 on a
 * Friday with one working day is due on Monday.
 */
export function addWorkingDays(calendar: Calendar, day: Day, days: number): Day {
  let at = day
  for (let left = days; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}

/** Whether every day up to `day` is in a year somebody entered the holidays of; otherwise a date is an estimate. */
export function isKnown(calendar: Calendar, day: Day): boolean {
  return calendar.years.has(Number(day.slice(0, 4)))
}
