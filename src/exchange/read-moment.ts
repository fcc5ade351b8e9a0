import { hearDate } from '../conversation/hear-date.ts'
import { nearMoment } from '../lib/near-moment.ts'
import { momentOf } from '../lib/wall-time.ts'

/** The three zones of Indonesia by the names people use. */
export const ZONES: Record<string, string> = {
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura',
}

/** The IANA name of a zone written as WIB or as that; undefined when it is none. */
export function readZone(text: string): string | undefined {
  const known = ZONES[text.toUpperCase()]
  if (known !== undefined) return known
  return byLowerCase.get(text.toLowerCase())
}

const byLowerCase = new Map(Intl.supportedValuesOf('timeZone').map(name => [name.toLowerCase(), name]))

/** A day as tables have it: 2026-12-10, 10/12/2026 or 10 Desember 2026. Day first; the year has four digits. */
export function readDay(text: string): string | undefined {
  return /(?<!\d)(?:19|20|21)\d{2}(?!\d)/.test(text) ? hearDate(text, '2000-01-01T00:00:00+07:00') : undefined
}

/** More letters than any way of writing a moment has. */
const LONGEST = 100

const TIME = /^(.*?)[\sT,]+(?:pukul |jam )?(\d{1,2})[.:](\d{2})(?:[.:]\d{2}(?:\.\d+)?)?\s*(wib|wita|wit)?$/i

/**
 * A moment as tables have it, on the walls of `zone` unless it names another: 2026-12-10 23:59, 10/12/2026 23.59, 10 Desember 2026 pukul
 * 23.59 WITA, or as computers write it with its offset. A day without a time means its first minute, or its last with `end`.
 */
export function readMoment(text: string, zone: string, end: boolean): Date | undefined {
  if (text.length > LONGEST) return undefined
  if (/\dT\d.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) {
    return nearMoment(text)
  }
  const [, before = '', hour = '', minute = '', named = ''] = TIME.exec(text) ?? []
  const day = readDay(before === '' ? text : before)
  if (day === undefined) return undefined
  if (before === '') return momentOf(zone, { day, minute: end ? LAST_MINUTE : 0 })
  const minutes = Number(hour) * 60 + Number(minute)
  // "24.00" is the end of the day; the last minute of it is meant.
  if (Number(minute) > 59 || minutes > 1440) return undefined
  return momentOf(readZone(named) ?? zone, { day, minute: Math.min(minutes, end ? LAST_MINUTE : 1440) })
}

const LAST_MINUTE = 1439
