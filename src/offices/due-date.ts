import { addDays, addWorkingDays, type Day } from '../lib/working-days.ts'
import { isWorkingDay, type WorkingTime } from '../lib/working-time.ts'
import { type Calendar, isKnown } from './calendar.ts'
import type { ClockRule } from './clock-rules.ts'
import type { Office } from './office.ts'
import { officeTime } from './office-time.ts'

const MONTHS: Record<string, string[]> = {
  id: [
    'Januari',
    'Februari',
    'Maret',
    'April',
    'Mei',
    'Juni',
    'Juli',
    'Agustus',
    'September',
    'Oktober',
    'November',
    'Desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

/** Due days of the day they were last asked for, by working time and number of days: all reports of one day share them. */
const known = new WeakMap<WorkingTime, Map<number, { from: Day; due: Day }>>()

/** When one of the office's clocks runs out for something received at `local` time; null without such a clock. */
export function dueDate(office: Office, calendar: Calendar, clock: string, local: string): Day | null {
  const rule = office.clocks.find(({ name }) => name === clock)
  return rule === undefined ? null : lastDay(officeTime(office, calendar), rule, local.slice(0, 10))
}

/** The last day of a rule's time for something received on `from`. */
export function lastDay(time: WorkingTime, rule: Pick<ClockRule, 'days' | 'unit'>, from: Day): Day {
  if (rule.unit === 'calendar') return addDays(from, rule.days)
  const ofTime = known.get(time) ?? new Map<number, { from: Day; due: Day }>()
  known.set(time, ofTime)
  const last = ofTime.get(rule.days)
  if (last?.from === from) return last.due
  const due = addWorkingDays(day => isWorkingDay(time, day), from, rule.days)
  ofTime.set(rule.days, { from, due })
  return due
}

/** A day as people write it: 26 November 2026. */
export function formatDay(day: Day, language: string): string {
  const month = (MONTHS[language] ?? MONTHS.id)?.[Number(day.slice(5, 7)) - 1] ?? ''
  return `${Number(day.slice(8, 10))} ${month} ${day.slice(0, 4)}`
}

/** The same, marked as an estimate when nobody has entered the holidays of that year yet. */
export function formatDue(calendar: Calendar, day: Day, language: string): string {
  if (isKnown(calendar, day)) return formatDay(day, language)
  return `${formatDay(day, language)} (${language === 'en' ? 'estimate' : 'perkiraan'})`
}
