import { addDays, addWorkingDays, type Calendar, type Day, isKnown } from '../lib/working-days.ts'
import type { Office } from './office.ts'

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

/** Due days of the day they were last asked for, by calendar and number of days: all reports of one day share them. */
const known = new WeakMap<Calendar, Map<string, { from: Day; due: Day }>>()

/** When one of the office's clocks runs out for something received at `local` time; null without such a clock. */
export function dueDate(office: Office, calendar: Calendar, clock: string, local: string): Day | null {
  const rule = office.clocks.find(({ name }) => name === clock)
  if (rule === undefined) return null
  const from = local.slice(0, 10)
  if (rule.unit === 'calendar') return addDays(from, rule.days)
  const ofCalendar = known.get(calendar) ?? new Map<string, { from: Day; due: Day }>()
  known.set(calendar, ofCalendar)
  const last = ofCalendar.get(String(rule.days))
  if (last?.from === from) return last.due
  const due = addWorkingDays(calendar, from, rule.days)
  ofCalendar.set(String(rule.days), { from, due })
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
