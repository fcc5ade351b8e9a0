import { localTime } from '../lib/local-time.ts'
import { formatDay } from './due-date.ts'

/** The national time zones by their offset: Keppres 41/1987. */
const ZONES: Record<string, string> = { '+07:00': 'WIB', '+08:00': 'WITA', '+09:00': 'WIT' }

/** A moment as citizens and staff read it: 25 November 2026 pukul 08.00 WIB. */
export function spokenMoment(zone: string, at: Date, language = 'id'): string {
  const local = localTime(zone, at)
  const hour = local.slice(11, 16).replace(':', '.')
  const zoned = ZONES[local.slice(19)] ?? local.slice(19)
  return `${formatDay(local.slice(0, 10), language)} ${language === 'en' ? 'at' : 'pukul'} ${hour} ${zoned}`
}
