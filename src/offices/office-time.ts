import type { WorkingTime } from '../lib/working-time.ts'
import type { Calendar } from './calendar.ts'
import type { Office } from './office.ts'

const known = new WeakMap<Office, { calendar: Calendar; time: WorkingTime }>()

/**
 * When this office works: its own hours or the usual ones, without national holidays, joint leave and its own closures.
 * Remembered until office or calendar are read anew, for every report asks.
 */
export function officeTime(office: Office, calendar: Calendar): WorkingTime {
  const last = known.get(office)
  if (last?.calendar === calendar) return last.time
  const hours = office.hours ?? calendar.hours
  const time: WorkingTime = {
    zone: office.zone,
    usual: hours.usual,
    seasons: calendar.ramadan.map(({ from, to }) => ({ from, to, week: hours.ramadan })),
    closed: new Set([...calendar.closed, ...office.closures.map(({ day }) => day)]),
  }
  known.set(office, { calendar, time })
  return time
}
