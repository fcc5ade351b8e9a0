import { z } from 'zod'
import { momentOf, wallTime } from '../lib/wall-time.ts'
import { addDays } from '../lib/working-days.ts'

/** Minutes after midnight: nothing is said first from the one in the evening to the other in the morning. */
export type QuietHours = { from: number; to: number }

const WRITTEN = /^(\d{2})[.:](\d{2})\s*-\s*(\d{2})[.:](\d{2})$/
/** Ours; no rule names any. */
export const USUAL_QUIET = '20.00-07.00'

/** As an office writes them: `20.00-07.00`. */
export const QuietHours = z.string().transform((written, context): QuietHours => {
  const [, ...digits] = WRITTEN.exec(written.trim()) ?? []
  const [fromHour = 99, fromMinute = 99, toHour = 99, toMinute = 99] = digits.map(Number)
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute]
  if (fromHour < 24 && toHour < 24 && fromMinute < 60 && toMinute < 60 && from > to) return { from, to }
  context.addIssue({
    code: 'custom',
    message: 'should go from the evening to the morning, such as 20.00-07.00',
  })
  return z.NEVER
})

/** When something may be said first again in that zone; undefined when it may be now. The last minute is part of the night. */
export function quietUntil({ from, to }: QuietHours, zone: string, at: Date): Date | undefined {
  const { day, minute } = wallTime(zone, at)
  if (minute >= from) return momentOf(zone, { day: addDays(day, 1), minute: to })
  return minute < to ? momentOf(zone, { day, minute: to }) : undefined
}
