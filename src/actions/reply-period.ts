import { localTime } from '../lib/local-time.ts'
import type { Day } from '../lib/working-days.ts'
import { dueDate } from '../offices/due-date.ts'
import type { House } from '../offices/house.ts'

/** The last day on which a citizen may say that it is not solved, counted from the answer or the end; null without a limit. */
function lastReplyDay({ office, calendar }: House, answeredAt: Date): Day | null {
  return dueDate(office, calendar, 'citizen_reply', localTime(office.zone, answeredAt))
}

/** Whether that day has gone by. */
export function isPast(house: House, answeredAt: Date, now: Date): boolean {
  const day = lastReplyDay(house, answeredAt)
  return day !== null && localTime(house.office.zone, now).slice(0, 10) > day
}
