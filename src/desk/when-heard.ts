import { localTime } from '../lib/local-time.ts'
import { weekdayOf } from '../lib/working-days.ts'
import { isOpen, nextOpening } from '../lib/working-time.ts'
import { isKnown } from '../offices/calendar.ts'
import { formatDay } from '../offices/due-date.ts'
import type { House } from '../offices/house.ts'
import { officeTime } from '../offices/office-time.ts'

const WEEKDAYS: Record<string, string[]> = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
/** The national time zones by their offset: Keppres 41/1987. */
const ZONES: Record<string, string> = { '+07:00': 'WIB', '+08:00': 'WITA', '+09:00': 'WIT' }

/**
 * When the office opens next, as a citizen reads it: "Senin, 23 November 2026 pukul 07.30 WIB (jam contoh)". Undefined while it
 * is open. Hours nobody of the office has confirmed, and days of a year whose holidays nobody entered, are marked.
 */
export function whenHeard({ office, calendar }: House, at: Date, language: string): string | undefined {
  const time = officeTime(office, calendar)
  if (isOpen(time, at)) return undefined
  const opens = localTime(office.zone, nextOpening(time, at))
  const day = opens.slice(0, 10)
  const english = language === 'en'
  const weekday = WEEKDAYS[english ? 'en' : 'id']?.[weekdayOf(day)] ?? ''
  const hour = opens.slice(11, 16).replace(':', '.')
  const { confirmed } = office.hours ?? calendar.hours
  const marks = [
    ...(confirmed ? [] : [english ? 'example hours' : 'jam contoh']),
    ...(isKnown(calendar, day) ? [] : [english ? 'estimate' : 'perkiraan']),
  ]
  const mark = marks.length === 0 ? '' : ` (${marks.join(', ')})`
  return `${weekday}, ${formatDay(day, language)} ${english ? 'at' : 'pukul'} ${hour} ${ZONES[opens.slice(19)] ?? ''}${mark}`
}
