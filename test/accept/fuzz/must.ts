/** What a reader must do with whatever it is given; another error of it is a fault as well. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`)
}

/** A day of the calendar, as 2026-11-21, of a year people mean. */
export function mustBeDay(day: string): void {
  must(/^(?:19|2[0-2])\d{2}-\d{2}-\d{2}$/.test(day), 'is no day')
  const at = new Date(`${day}T00:00:00Z`)
  must(!Number.isNaN(at.getTime()) && at.toISOString().startsWith(day), 'is no day of the calendar')
}

/** A moment the database takes as well. */
export function mustBeMoment(at: Date): void {
  must(!Number.isNaN(at.getTime()), 'is no moment')
  must(at.getUTCFullYear() >= 1800 && at.getUTCFullYear() <= 2300, 'is a moment of no year people mean')
}

/** Every moment somewhere in what came of it. */
export function momentsIn(output: unknown): Date[] {
  if (output instanceof Date) return [output]
  return typeof output === 'object' && output !== null ? Object.values(output).flatMap(momentsIn) : []
}

/** What came of it is no more than so many times what it was made of. */
export function mustBeBounded(output: unknown, input: string, times = 8, more = 4000): void {
  must(
    (JSON.stringify(output) ?? '').length <= input.length * times + more,
    'is larger than what it was made of',
  )
}

/** Words that are kept are whole: no half of a pair, and nothing a record cannot hold. */
export function mustBeKeepable(output: unknown): void {
  const text = JSON.stringify(output) ?? ''
  must(!/\\u0000/.test(text), 'holds a NUL, which no table keeps')
  must(!/\\ud[89a-f][0-9a-f]{2}/.test(text), 'holds half of a pair')
}

/** Whichever moment a reader is told it is, by what it reads: a day at each end of a year, a leap day and the day after. */
const MOMENTS = [
  '2026-11-22T09:00:00+07:00',
  '2028-02-29T23:30:00+07:00',
  '2028-03-05T08:00:00+09:00',
  '2026-01-01T00:05:00+08:00',
  '2027-12-31T23:55:00+07:00',
]
export const momentFor = (text: string): string => MOMENTS[text.length % MOMENTS.length] ?? ''
