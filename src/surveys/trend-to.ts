import type { Instrument } from '../conversation/instrument.ts'
import type { Queryable } from '../records/db.ts'
import { after, type Period } from './period.ts'
import { type Point, pastOf } from './trend.ts'

/** The indices up to a period and with it, all reckoned by the instrument's convention; oldest first, from the first with a response. */
export function trendTo(
  on: Queryable,
  office: string,
  { survey, elements, weight, rule }: Instrument,
  period: Period,
): Promise<Point[]> {
  const how = { convention: weight, rule }
  return pastOf(on, { office, survey }, after(period), { elements: Object.keys(elements), how })
}
