import { plain } from './plain.ts'

const DAY = 86_400_000
const MONTHS = [
  ['januari', 'jan', 'january'],
  ['februari', 'feb', 'peb', 'pebruari', 'february'],
  ['maret', 'mar', 'mrt', 'march'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'jun', 'june'],
  ['juli', 'jul', 'july'],
  ['agustus', 'agt', 'agu', 'ags', 'aug', 'august'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt', 'oct', 'october'],
  ['november', 'nov', 'nop', 'nopember'],
  ['desember', 'des', 'dec', 'december'],
]
const ENGLISH = 'january february march april may june july august september october november december'.split(
  ' ',
)
const MONTH = new Map(MONTHS.flatMap((names, i) => names.map(name => [name, i + 1] as const)))
const WEEKDAYS = [
  ['minggu', 'ahad', 'sunday'],
  ['senin', 'monday'],
  ['selasa', 'tuesday'],
  ['rabu', 'wednesday'],
  ['kamis', 'thursday'],
  ['jumat', 'jumaat', 'friday'],
  ['sabtu', 'saturday'],
]
const WEEKDAY = new Map(WEEKDAYS.flatMap((names, i) => names.map(name => [name, i] as const)))

/** Days from today, by the words for them. */
const NEAR = new Map(
  Object.entries({
    'hari ini': 0,
    today: 0,
    tadi: 0,
    'tadi pagi': 0,
    'tadi siang': 0,
    'tadi sore': 0,
    barusan: 0,
    sekarang: 0,
    kemarin: -1,
    kemaren: -1,
    kmrn: -1,
    kmren: -1,
    semalam: -1,
    'tadi malam': -1,
    yesterday: -1,
    'kemarin lusa': -2,
    'kemarin dulu': -2,
    besok: 1,
    bsk: 1,
    besuk: 1,
    tomorrow: 1,
    lusa: 2,
    'minggu lalu': -7,
    'minggu kemarin': -7,
    'seminggu lalu': -7,
    'seminggu yang lalu': -7,
    'last week': -7,
    'minggu depan': 7,
    'next week': 7,
  }),
)

/** A date as typed, relative to `at` (local time with offset), as 2026-11-21; undefined when it is none. */
export function hearDate(text: string, at: string): string | undefined {
  const said = plain(text).replace(/^(?:pada |sejak |tanggal |tgl |on )+(?!\d+$)/, '')
  if (said.length === 0 || said.length > 40) return undefined
  return written(said, at) ?? near(said, at)
}

/** 21/11/2026, 21-11-26 (day first), 2026-11-21, 21 Nop 2026, 21 Nop, tgl 21; a weekday may stand before. */
function written(said: string, at: string): string | undefined {
  const [thisYear = 0, thisMonth = 0] = at.slice(0, 7).split('-').map(Number)
  const iso = /^(\d{4}) (\d{1,2}) (\d{1,2})$/.exec(said)
  if (iso !== null) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const form =
    /^(?:hari )?(\p{L}+ )?(?:tanggal |tgl )?(\d{1,2})(?:st|nd|rd|th)? (\p{L}+|\d{1,2})(?: (\d{2}|\d{4}))?$/u.exec(
      said,
    )
  if (form !== null && (form[1] === undefined || WEEKDAY.has(form[1].trim()))) {
    const month = MONTH.get(form[3] ?? '') ?? Number(form[3])
    const year = form[4] === undefined ? thisYear : Number(form[4]) + (form[4].length === 2 ? 2000 : 0)
    return valid(year, month, Number(form[2]))
  }
  const english = /^(\p{L}+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/u.exec(said)
  const named = MONTH.get(english?.[1] ?? '')
  if (named !== undefined) return valid(Number(english?.[3] ?? thisYear), named, Number(english?.[2]))
  const dayOnly = /^(?:tgl|tanggal) (\d{1,2})$/.exec(said)
  return dayOnly === null ? undefined : valid(thisYear, thisMonth, Number(dayOnly[1]))
}

/** kemarin, lusa, 3 hari lalu, hari Senin. A weekday alone is its last occurrence, today included. */
function near(said: string, at: string): string | undefined {
  const today = Date.parse(`${at.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(today)) return undefined
  const days = NEAR.get(said)
  if (days !== undefined) return isoDay(today + days * DAY)
  const ago = /^(\d{1,3}) (hari|minggu|days?|weeks?) (?:yang |yg )?(?:lalu|ago)$/.exec(said)
  if (ago !== null) return isoDay(today - Number(ago[1]) * (/^[mw]/.test(ago[2] ?? '') ? 7 : 1) * DAY)
  const form = /^(?:(?:hari|last|next) )?(\p{L}+)(?: (lalu|kemarin|depan|ini|besok))?$/u.exec(said)
  const weekday = WEEKDAY.get(form?.[1] ?? '')
  if (weekday === undefined) return undefined
  const since = (new Date(today).getUTCDay() - weekday + 7) % 7
  if (/depan|besok|next /.test(said)) return isoDay(today + (7 - since) * DAY)
  if (/lalu|kemarin|last /.test(said)) return isoDay(today - (since === 0 ? 7 : since) * DAY)
  return isoDay(today - since * DAY)
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function valid(year: number, month: number, day: number): string | undefined {
  if (!(year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1)) return undefined
  const time = Date.UTC(year, month - 1, day)
  return new Date(time).getUTCDate() === day ? isoDay(time) : undefined
}

/** 2026-11-21 as a citizen reads it: 21 November 2026. Anything else stays as it is. */
export function showDate(iso: string, language: string): string {
  const form = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso)
  const names = MONTHS[Number(form?.[2]) - 1]
  if (form === null || names === undefined) return iso
  const name = (language === 'en' ? ENGLISH[Number(form[2]) - 1] : names[0]) ?? ''
  return `${Number(form[3])} ${name[0]?.toUpperCase()}${name.slice(1)} ${form[1]}`
}
