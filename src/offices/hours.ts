import { z } from 'zod'
import { isDay } from '../lib/working-days.ts'
import type { Span, Week } from '../lib/working-time.ts'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const SPAN = /^(\d{2})[.:](\d{2})\s*-\s*(\d{2})[.:](\d{2})$/
const LAST_MINUTE = 24 * 60

/** The hours of one day as people write them: `07.30-12.00, 13.00-16.00`. Undefined when that cannot be. */
export function readSpans(written: string): Span[] | undefined {
  const spans = written.split(',').map(piece => {
    const [, ...digits] = SPAN.exec(piece.trim()) ?? []
    const [fromHour = Number.NaN, fromMinute = 60, toHour = 25, toMinute = 60] = digits.map(Number)
    return [fromHour * 60 + fromMinute, toHour * 60 + toMinute, Math.max(fromMinute, toMinute)] as const
  })
  let last = -1
  for (const [from, to, minute] of spans) {
    if (!(from > last && to > from && to <= LAST_MINUTE && minute < 60)) return undefined
    last = to
  }
  return spans.map(([from, to]) => [from, to])
}

const daysHours = z.string().transform((written, context) => {
  const spans = readSpans(written)
  if (spans !== undefined) return spans
  context.addIssue({
    code: 'custom',
    message: 'should be hours in their order, such as 07.30-12.00, 13.00-16.00',
  })
  return z.NEVER
})

const week = z
  .partialRecord(z.enum(WEEKDAYS), daysHours)
  .refine(days => Object.keys(days).length > 0, { message: 'names no weekday' })
  .transform((days): Week => WEEKDAYS.map(day => days[day] ?? []))

const day = z.string().refine(isDay, { message: 'should be a day such as 2026-11-21' })

/** When people work, in a usual week and in Ramadan, and where the figures come from. */
export const Hours = z.strictObject({
  source: z.string().trim().min(1),
  as_of: day,
  confirmed: z.enum(['true', 'false']).transform(value => value === 'true'),
  usual: week,
  ramadan: week,
})

export type Hours = z.output<typeof Hours>
