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

/** Twenty bits a count: more than 2^20 responses of one month, unit, service and channel are not to be expected. */
const BITS = 20n
const MASK = (1n << BITS) - 1n

/** Sums packed in one number. */
const PACKED = 3

/** Columns of all that is told apart besides what people are. */
const APART = 'unit, service, channel, source, month'

/**
 * Counts the responses of some months in two passes at a time. The four counts of an element are added up in one number, twenty bits
 * each: thirty-six separate counts took four times as long; and so are the sums of three elements by what people are. Refuses to put
 * together what was asked about other elements.
 */
export async function countResponses(on: Queryable, span: Span): Promise<Counts> {
  const asked = await elementsBy(on, span.survey)
  const most = Math.max(1, ...[...asked.values()].map(({ length }) => length))
  const places = Array.from({ length: most }, (_, k) => k + 1)
  const where = `office = $1 and survey = $2 and month between $3 and $4 and ($5::text is null or unit = $5)`
  const values = [span.office, span.survey, span.from, span.to, span.unit ?? null]
  const counted = places.map(k => `sum(1::int8 << (${BITS} * (values[${k}] - 1)))::text as c${k}`)
  const summed = places
    .filter((_, k) => k % PACKED === 0)
    .map((first, n) => {
      const three = places.slice(first - 1, first - 1 + PACKED)
      return `sum(${three.map((k, bit) => `(values[${k}]::int8 << ${BITS * BigInt(bit)})`).join(' + ')})::text as s${n}`
    })
  const [cells, traitCells] = await Promise.all([
    on.query<Row & { whole: boolean }>(
      `select version, whole, ${APART}, count(*)::int as n, ${counted} from survey_responses where ${where}
       group by version, whole, ${APART}`,
      values,
    ),
    on.query<Row & { traits: Record<string, string> }>(
      `select version, traits, count(*)::int as n, ${summed} from survey_responses where ${where} and whole
       group by version, traits`,
      values,
    ),
  ])
  const elementsOf = (version: string) => asked.get(version) ?? []
  const whole = cells.rows.filter(row => row.whole)
  const [elements = [], ...others] = [...new Set(whole.map(({ version }) => version))].map(elementsOf)
  const same = elements.toSorted().join()
  if (others.some(one => one.toSorted().join() !== same))
    throw new Refusal(
      'In this period two instruments with different elements were used; their values make no common index. Your move: report the periods apart.',
    )
  return {
    elements,
    cells: whole.map(row => ({
      ...row,
      counts: byElement(elementsOf(row.version), k => fourOf(BigInt(String(row[`c${k + 1}`] ?? '0')))),
    })),
    traitCells: traitCells.rows.map(row => {
      const packed = summed.map((_, n) => BigInt(String(row[`s${n}`] ?? '0')))
      const sums = byElement(elementsOf(row.version), k =>
        nth(packed[Math.floor(k / PACKED)] ?? 0n, k % PACKED),
      )
      return { traits: row.traits, n: row.n, sums }
    }),
    partial: cells.rows.reduce((so, row) => so + (row.whole ? 0 : row.n), 0),
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

function byElement<T>(elements: string[], read: (k: number) => T): Record<string, T> {
  return Object.fromEntries(elements.map((element, k) => [element, read(k)]))
}

function nth(packed: bigint, n: number): number {
  return Number((packed >> (BITS * BigInt(n))) & MASK)
}

function fourOf(packed: bigint): Four {
  return [nth(packed, 0), nth(packed, 1), nth(packed, 2), nth(packed, 3)]
}
