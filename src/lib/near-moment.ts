import { isDay, isNearDay } from './working-days.ts'

/** Since 1970: the year 2100, after which something is wrong with the time a platform gives a message. */
export const LATEST_SECOND = 4_102_444_800

/** A moment as computers write it, on a day people mean: JavaScript also takes the 30th of February, for the second of March, and years no table means. */
export function nearMoment(text: string): Date | undefined {
  if (!isDay(text.slice(0, 10))) return undefined
  const at = new Date(text)
  return !Number.isNaN(at.getTime()) && isNearDay(at.toISOString().slice(0, 10)) ? at : undefined
}
