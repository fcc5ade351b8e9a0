import { wallTime } from '../lib/wall-time.ts'
import { formatDay } from './due-date.ts'

/** The zones of Indonesia by the letters everybody knows; of any other the offset says enough. */
const LETTERS: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** A moment as people say it: "10 Desember 2026 pukul 23.59 WIB"; where `here` is another zone, also what its clocks show then. */
export function spokenMoment(at: Date, zone: string, here: string, language: string): string {
  const first = dayAndTime(at, zone, language)
  if (zone === here || sameClock(at, zone, here)) return first
  return `${first} (${dayAndTime(at, here, language)})`
}

/** From one moment to another, the day said once when it is the same: "1 Desember 2026 pukul 09.00–12.00 WIB". */
export function spokenSpan(from: Date, to: Date, zone: string, language: string): string {
  if (wallTime(zone, from).day !== wallTime(zone, to).day)
    return `${dayAndTime(from, zone, language)} – ${dayAndTime(to, zone, language)}`
  const { day } = wallTime(zone, from)
  return `${formatDay(day, language)}${at(language)}${time(zone, from)}–${time(zone, to)} ${LETTERS[zone] ?? zone}`
}

function dayAndTime(moment: Date, zone: string, language: string): string {
  const { day } = wallTime(zone, moment)
  return `${formatDay(day, language)}${at(language)}${time(zone, moment)} ${LETTERS[zone] ?? zone}`
}

function at(language: string): string {
  return language === 'en' ? ', ' : ' pukul '
}

function time(zone: string, moment: Date): string {
  const { minute } = wallTime(zone, moment)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}.${String(minute % 60).padStart(2, '0')}`
}

function sameClock(moment: Date, zone: string, here: string): boolean {
  const [one, other] = [wallTime(zone, moment), wallTime(here, moment)]
  return one.day === other.day && one.minute === other.minute
}
