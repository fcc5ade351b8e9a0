import { hearDate } from '../conversation/hear-date.ts'
import { addDays, type Day, isDay } from '../lib/working-days.ts'

/** The longest way of writing a day in words: "hari Senin tanggal 2 Desember 2026". */
const MOST_WORDS = 6
const UNTIL = /^(?:sampai|hingga|s\/d|sd|until|ke)\s+/i
const IN_DAYS = /^(\d{1,3}) hari(?: lagi| ke depan)?$/i

/**
 * Reads "2 Desember menunggu berkas" or "3 hari lagi, pejabatnya cuti": the day it is put off to, after `at`'s own, and why.
 * A weekday is its next one, a date without a year that has gone by is the next year's. Undefined where there is no such day.
 */
export function readPostponed(words: string, at: string): { day: Day; reason: string } | undefined {
  const typed = words.trim().replace(UNTIL, '')
  const pieces = typed.split(/\s+/)
  for (let count = Math.min(MOST_WORDS, pieces.length); count > 0; count--) {
    const said = pieces
      .slice(0, count)
      .join(' ')
      .replace(/(?<![,.:;])[,.:;]+$/, '')
    // The longest that is a day is the day meant, also when it has gone by: "1 November 2026" is no "1 November".
    if (!IN_DAYS.test(said) && hearDate(said, at) === undefined) continue
    const day = dayAfter(said, at)
    const reason = pieces.slice(count).join(' ')
    return day === undefined
      ? undefined
      : { day, reason: reason.replace(/^(?:[-,.:;]\s*|karena\s+|sebab\s+)+/i, '') }
  }
  return undefined
}

/** The day itself when it is after today's, else the one meant by it; undefined when it is simply gone. */
function dayAfter(said: string, at: string): Day | undefined {
  const today = at.slice(0, 10)
  const inDays = IN_DAYS.exec(said)
  if (inDays !== null) return Number(inDays[1]) > 0 ? addDays(today, Number(inDays[1])) : undefined
  const heard = hearDate(said, at)
  if (heard === undefined || heard > today) return heard
  const isWeekday = /^(?:hari )?\p{L}+$/iu.test(said) && !/kemarin|hari ini|tadi|lalu/i.test(said)
  if (isWeekday) return heard > addDays(today, -7) ? addDays(heard, 7) : undefined
  const isYearless = !/\d{4}|\d\D+\d+\D+\d{2}$/.test(said) && /\d/.test(said)
  const next = isYearless && !/lalu|ago/.test(said) ? nextYear(heard) : undefined
  // "2 Desember 20" is of a year long gone, and so is the one after it.
  return next !== undefined && next > today ? next : undefined
}

/** Undefined for 29 February: the next year has none, and nobody means the one after three. */
function nextYear(day: Day): Day | undefined {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
  return isDay(next) ? next : undefined
}
