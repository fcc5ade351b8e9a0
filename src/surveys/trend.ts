import type { Queryable } from '../records/db.ts'
import type { Span } from './counts.ts'
import { type How, resultOf, type Sums } from './groups.ts'
import { around, before, monthsOf, type Period } from './period.ts'
import { LEAST } from './small-groups.ts'
import { elementsBy } from './versions.ts'

/** The index of one period; null where too few answered, or about other elements. */
export type Point = { period: Period; n: number; ikm: number | null; grade: string | null }

/** How many periods before are shown. */
const BACK = 4

/** The indices of the periods before one, all reckoned by the same convention now; oldest first, from the first with a response. */
export async function pastOf(
  on: Queryable,
  span: Omit<Span, 'from' | 'to'>,
  period: Period,
  { elements, how }: { elements: string[]; how: How },
): Promise<Point[]> {
  const periods = [before(period)]
  while (periods.length < BACK) periods.unshift(before(periods[0] ?? period))
  const asked = await elementsBy(on, span.survey)
  const sums = elements.map((_, k) => `sum(values[${k + 1}])::int as s${k + 1}`)
  const { rows } = await on.query<{ version: string; month: string; n: number; [sum: string]: unknown }>(
    `select version, month, count(*)::int as n, ${sums} from survey_responses
     where office = $1 and survey = $2 and month between $3 and $4 and ($5::text is null or unit = $5) and whole
     group by version, month`,
    [
      span.office,
      span.survey,
      monthsOf(periods[0] ?? period).from,
      monthsOf(before(period)).to,
      span.unit ?? null,
    ],
  )
  const all = new Map<string, Sums | 'mixed'>()
  for (const { version, month, n, ...row } of rows) {
    const { id } = around(period, month)
    const known = asked.get(version) ?? []
    const so = all.get(id) ?? { n: 0, sums: {} }
    if (so === 'mixed' || known.toSorted().join() !== elements.toSorted().join()) {
      all.set(id, 'mixed')
      continue
    }
    for (const [k, element] of known.entries())
      so.sums[element] = (so.sums[element] ?? 0) + Number(row[`s${k + 1}`])
    all.set(id, { n: so.n + n, sums: so.sums })
  }
  const points = periods.map(one => pointOf(one, all.get(one.id), elements, how))
  const first = points.findIndex(({ n }) => n > 0)
  return first === -1 ? [] : points.slice(first)
}

/** One period among the others; its index where enough answered. */
export function pointOf(
  period: Period,
  sums: Sums | 'mixed' | undefined,
  elements: string[],
  how: How,
): Point {
  if (sums === undefined || sums === 'mixed') return { period, n: 0, ikm: null, grade: null }
  const result = sums.n < LEAST ? undefined : resultOf(sums, elements, how)
  return { period, n: sums.n, ikm: result?.ikm ?? null, grade: result?.grade ?? null }
}
