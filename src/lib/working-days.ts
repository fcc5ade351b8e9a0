/** Days as they stand on a wall: 2026-11-21. */
export type Day = string

const DAY_MS = 86_400_000

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Whether a text is a day of the calendar, written as 2026-11-21: 2026-02-30 has the form and is none, nor has a calendar a year 0. */
export function isDay(text: string): boolean {
  const at = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Whether it is a day people mean. Others are slips, and at the calendar's end nothing can be reckoned from them. */
export function isNearDay(text: string): boolean {
  return isDay(text) && text >= '1900-01-01' && text <= '2299-12-31'
}

/** Sunday is 0. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/**
 * The last of `days` working days after `day`. The day itself is not counted, whatever the hour, so a report at 23.50 on
 * a Friday with one working day is due on Monday.
 */
export function addWorkingDays(isWorking: (day: Day) => boolean, day: Day, days: number): Day {
  let at = day
  for (let left = days; left > 0; ) {
    at = addDays(at, 1)
    if (isWorking(at)) left -= 1
  }
  return at
}
