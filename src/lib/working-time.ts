import { DAY_MINUTES, momentOf, type WallTime, wallTime } from './wall-time.ts'
import { addDays, type Day, weekdayOf } from './working-days.ts'

/** Open from one minute of the day to another, the end not included. */
export type Span = readonly [from: number, to: number]
/** Seven days, Sunday first; a day off has no span. */
export type Week = readonly (readonly Span[])[]

/** When somebody works: a usual week, weeks of their own for some seasons (Ramadan), and days that are closed. */
export type WorkingTime = {
  zone: string
  usual: Week
  seasons: readonly { from: Day; to: Day; week: Week }[]
  closed: ReadonlySet<Day>
}

/** No holiday is this long; a calendar that is closed for ever must not hold us for ever. */
const LONGEST_CLOSURE_DAYS = 3660

/** A day as it was last looked up: telling its weekday and the next day costs more than all else here. */
type KnownDay = { spans: readonly Span[]; minutes: number; next: Day }
const known = new WeakMap<WorkingTime, Map<Day, KnownDay>>()

function look(time: WorkingTime, day: Day): KnownDay {
  let days = known.get(time)
  if (days === undefined) {
    days = new Map()
    known.set(time, days)
  }
  let found = days.get(day)
  if (found === undefined) {
    const season = time.seasons.find(({ from, to }) => from <= day && day <= to)
    const spans = time.closed.has(day) ? [] : ((season?.week ?? time.usual)[weekdayOf(day)] ?? [])
    const minutes = spans.reduce((sum, [opens, closes]) => sum + closes - opens, 0)
    found = { spans, minutes, next: addDays(day, 1) }
    days.set(day, found)
  }
  return found
}

/** The hours of a day in their order; none when it is closed. */
export function spansOf(time: WorkingTime, day: Day): readonly Span[] {
  return look(time, day).spans
}

export function isWorkingDay(time: WorkingTime, day: Day): boolean {
  return spansOf(time, day).length > 0
}

/** When the hours of a working day begin and end; null on a day off. */
export function hoursOf(time: WorkingTime, day: Day): { opens: number; closes: number } | null {
  const spans = spansOf(time, day)
  const [opens, closes] = [spans[0]?.[0], spans.at(-1)?.[1]]
  return opens === undefined || closes === undefined ? null : { opens, closes }
}

/** Working minutes from one moment to another, both cut to their minute; 0 when the second is not later. */
export function between(time: WorkingTime, from: Date, to: Date): number {
  const [start, end] = [wallTime(time.zone, from), wallTime(time.zone, to)]
  if (start.day === end.day) return openWithin(time, start.day, start.minute, end.minute)
  if (start.day > end.day) return 0
  const first = openWithin(time, start.day, start.minute, DAY_MINUTES)
  let minutes = first + openWithin(time, end.day, 0, end.minute)
  for (let day = look(time, start.day).next; day < end.day; ) {
    const { minutes: whole, next } = look(time, day)
    minutes += whole
    day = next
  }
  return minutes
}

function openWithin(time: WorkingTime, day: Day, from: number, to: number): number {
  return spansOf(time, day).reduce(
    (sum, [opens, closes]) => sum + Math.max(0, Math.min(closes, to) - Math.max(opens, from)),
    0,
  )
}

/**
 * The first moment by which that many working minutes have gone by since `from`; the last of them ends a day at its closing,
 * not at the next opening.
 */
export function add(time: WorkingTime, from: Date, minutes: number): Date {
  const start = wallTime(time.zone, from)
  if (minutes <= 0) return momentOf(time.zone, start)
  let left = minutes
  for (const { day, span } of spansFrom(time, start)) {
    const open = span[1] - span[0]
    if (left <= open) return momentOf(time.zone, { day, minute: span[0] + left })
    left -= open
  }
  throw closedForEver(start.day)
}

export function isOpen(time: WorkingTime, at: Date): boolean {
  const { day, minute } = wallTime(time.zone, at)
  return spansOf(time, day).some(([opens, closes]) => opens <= minute && minute < closes)
}

/** The moment itself while it is open, otherwise the next opening: after a break, tomorrow, after the holidays. */
export function nextOpening(time: WorkingTime, at: Date): Date {
  if (isOpen(time, at)) return at
  const start = wallTime(time.zone, at)
  for (const { day, span } of spansFrom(time, start)) return momentOf(time.zone, { day, minute: span[0] })
  throw closedForEver(start.day)
}

/** What is left of the hours from there on, span by span. */
function* spansFrom(
  time: WorkingTime,
  { day: first, minute }: WallTime,
): Generator<{ day: Day; span: Span }> {
  let day = first
  for (let n = 0; n < LONGEST_CLOSURE_DAYS; n += 1, day = look(time, day).next) {
    for (const [opens, closes] of spansOf(time, day)) {
      const from = day === first ? Math.max(opens, minute) : opens
      if (from < closes) yield { day, span: [from, closes] }
    }
  }
}

function closedForEver(day: Day): Error {
  return new Error(`No working hours were found within ten years after ${day}.`)
}
