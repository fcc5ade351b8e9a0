import type { Day } from '../lib/working-days.ts'
import type { Hours } from './hours.ts'

/** What holds for every office: closed days by date, when Ramadan is, the usual hours, and the years somebody entered. */
export type Calendar = {
  closed: ReadonlySet<Day>
  ramadan: readonly { from: Day; to: Day }[]
  years: ReadonlySet<number>
  hours: Hours
}

/** Whether `day` is in a year somebody entered the holidays of; otherwise a date is an estimate. */
export function isKnown(calendar: Pick<Calendar, 'years'>, day: Day): boolean {
  return calendar.years.has(Number(day.slice(0, 4)))
}
