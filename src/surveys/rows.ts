import type { Queryable } from '../records/db.ts'
import type { Span } from './counts.ts'
import { LEAST } from './small-groups.ts'
import { elementsBy } from './versions.ts'

/** A response as a line: everything but what its citizen told of themselves. */
export type ResponseLine = {
  month: string
  source: string
  channel: string
  unit: string
  service: string
  whole: boolean
  values: Record<string, number | null>
}

/** Stands for what too few have in common. */
export const HIDDEN = '(kelompok kecil)'

/**
 * Responses one by one, in an order by chance. Traits are not among them: put together they would tell who somebody is, so they are
 * counted in groups alone. A unit, service or channel that fewer than five have in common is not named.
 */
export async function responseLines(
  on: Queryable,
  span: Span & { limit?: number | null },
): Promise<{ elements: string[]; lines: ResponseLine[] }> {
  const asked = await elementsBy(on, span.survey)
  const { rows } = await on.query<ResponseLine & { version: string; values: (number | null)[] }>(
    `select version, month, source, channel, unit, service, whole, values from survey_responses
     where office = $1 and survey = $2 and month between $3 and $4 and ($5::text is null or unit = $5) order by id limit $6`,
    [span.office, span.survey, span.from, span.to, span.unit ?? null, span.limit ?? null],
  )
  const namesOf = (version: string) => asked.get(version) ?? []
  const elements = [...new Set(rows.flatMap(({ version }) => namesOf(version)))]
  const together = new Map<string, number>()
  const kind = ({ unit, service, channel, source, month }: ResponseLine) =>
    JSON.stringify([unit, service, channel, source, month])
  for (const row of rows) together.set(kind(row), (together.get(kind(row)) ?? 0) + 1)
  const lines = rows.map(({ version, values, ...row }): ResponseLine => {
    const names = namesOf(version)
    const own = Object.fromEntries(names.map((element, k) => [element, values[k] ?? null]))
    const isRare = (together.get(kind({ ...row, values: own })) ?? 0) < LEAST
    const hidden = isRare ? { unit: HIDDEN, service: HIDDEN, channel: HIDDEN, source: HIDDEN } : {}
    return { ...row, ...hidden, values: own }
  })
  return { elements, lines }
}
