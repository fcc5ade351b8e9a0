import { localTime } from '../lib/local-time.ts'
import { momentOf, wallTime } from '../lib/wall-time.ts'
import { readPostponed } from './postponed-day.ts'

const CLOCK =
  /\b(?:pukul|jam|pkl)?\s*([01]?\d|2[0-3])[.:]([0-5]\d)\b|\b(?:pukul|jam|pkl)\s*([01]?\d|2[0-3])\b/i
const USUAL_MINUTE = 8 * 60

/** When staff want something sent: "besok 08.00", "25 November pukul 9", nothing for now. Undefined where it is no time to come. */
export function readSendTime(words: string, zone: string, now: Date): Date | undefined {
  const typed = words
    .trim()
    .replace(/\b(?:wib|wita|wit)\b/gi, '')
    .trim()
  if (typed === '' || /^sekarang$/i.test(typed)) return now
  const [clock, hour, minutes, whole] = CLOCK.exec(typed) ?? []
  const day = typed
    .replace(clock ?? '', '')
    .replace(/(?<![,\s])[,\s]+$/, '')
    .trim()
  const minute = clock === undefined ? USUAL_MINUTE : Number(hour ?? whole) * 60 + Number(minutes ?? 0)
  const today = wallTime(zone, now).day
  const on =
    day === '' || /^(?:hari ini|nanti)$/i.test(day) ? today : readPostponed(day, localTime(zone, now))?.day
  if (on === undefined) return undefined
  const at = momentOf(zone, { day: on, minute })
  return at > now ? at : undefined
}
