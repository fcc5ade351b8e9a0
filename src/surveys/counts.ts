import { Refusal } from '../lib/refusal.ts'
import type { Queryable } from '../records/db.ts'
import { elementsBy } from './versions.ts'

/** Responses alike in all but their values: how many, and for each element how many gave 1, 2, 3 and 4. */
export type Cell = {
  unit: string
  service: string
  channel: string
  source: string
  month: string
  n: number
  counts: Record<string, Four>
}
export type Four = [number, number, number, number]

/** Responses of people alike: how many, and the sum of values by element. */
export type TraitCell = { traits: Record<string, string>; n: number; sums: Record<string, number> }

export type Counts = {
  /** In the order of the newest instrument. */
  elements: string[]
  cells: Cell[]
  traitCells: TraitCell[]
  /** Not whole, and in none of the above. */
  partial: number
}

export type Span = { office: string; survey: string; from: string; to: string; unit?: string | undefined }

/** Cells hold counts of up to 2^20: more responses of one month, unit, service and channel are not to be expected. */
const BITS = 20n
const MASK = (1n << BITS) - 1n

/** Columns of all that is told apart besides what people are. */
const APART = 'unit, service, channel, source, month'

/**
 * Counts the whole responses of some months in two passes. Four counts of an element are added up in one number, twenty bits each:
 * thirty-six separate counts took four times as long. Refuses to put together what was asked about other elements.
 */
export async function countResponses(on: Queryable, span: Span): Promise<Counts> {
  const asked = await elementsBy(on, span.survey)
  const most = Math.max(1, ...[...asked.values()].map(({ length }) => length))
  const places = Array.from({ length: most }, (_, k) => k + 1)
  const where = `office = $1 and survey = $2 and month between $3 and $4 and ($5::text is null or unit = $5)`
  const values = [span.office, span.survey, span.from, span.to, span.unit ?? null]
  const packed = places.map(k => `sum(1::int8 << (${BITS} * (values[${k}] - 1)))::text as c${k}`)
  const summed = places.map(k => `sum(values[${k}])::int as s${k}`)
  const [cells, traitCells, partial] = await Promise.all([
    on.query<Row>(
      `select version, ${APART}, count(*)::int as n, ${packed} from survey_responses where ${where} and whole
       group by version, ${APART}`,
      values,
    ),
    on.query<Row & { traits: Record<string, string> }>(
      `select version, traits, count(*)::int as n, ${summed} from survey_responses where ${where} and whole
       group by version, traits`,
      values,
    ),
    on.query<{ n: number }>(
      `select count(*)::int as n from survey_responses where ${where} and not whole`,
      values,
    ),
  ])
  const elementsOf = (version: string) => asked.get(version) ?? []
  const versions = [...new Set(cells.rows.map(({ version }) => version))]
  const [elements = [], ...others] = versions.map(elementsOf)
  const same = elements.toSorted().join()
  if (others.some(one => one.toSorted().join() !== same))
    throw new Refusal(
      'In this period two instruments with different elements were used; their values make no common index. Your move: report the periods apart.',
    )
  return {
    elements,
    cells: cells.rows.map(row => ({ ...row, counts: byElement(elementsOf(row.version), row, fourOf) })),
    traitCells: traitCells.rows.map(row => ({
      traits: row.traits,
      n: row.n,
      sums: Object.fromEntries(
        elementsOf(row.version).map((element, k) => [element, Number(row[`s${k + 1}`])]),
      ),
    })),
    partial: partial.rows[0]?.n ?? 0,
  }
}

type Row = {
  version: string
  unit: string
  service: string
  channel: string
  source: string
  month: string
  n: number
  [packed: string]: unknown
}

function byElement<T>(elements: string[], row: Row, read: (packed: string) => T): Record<string, T> {
  return Object.fromEntries(elements.map((element, k) => [element, read(String(row[`c${k + 1}`] ?? '0'))]))
}

function fourOf(packed: string): Four {
  const all = BigInt(packed)
  const nth = (n: bigint) => Number((all >> (BITS * n)) & MASK)
  return [nth(0n), nth(1n), nth(2n), nth(3n)]
}
