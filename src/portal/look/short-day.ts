import type { Day } from '../../lib/working-days.ts'
import { formatDay } from '../../offices/due-date.ts'

/** A day as a table shows it: 26 Nov 2026. No two months of either language begin alike in three letters. */
export function shortDay(day: Day, language: string): string {
  return formatDay(day, language).replace(/\p{L}+/u, month => month.slice(0, 3))
}
