import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONVENTIONS, gradeOf, type RuleVersion } from '../../src/surveys/conventions.ts'
import { type Fraction, fraction } from '../../src/surveys/fraction.ts'
import { indexOf } from '../../src/surveys/index.ts'
import { NINE } from '../helpers/survey.ts'

/**
 * Every edge in thousandths of a converted value: the half hundredth below which the lower grade holds. 24.995 is the least there can be
 * shown as 25.00.
 */
const EDGES = [24_995n, 43_755n, 62_505n, 64_995n, 76_605n, 81_255n, 88_305n]

/** Grades by where they begin, in hundredths, written out a second time. */
const GRADES: Record<RuleVersion, [bigint, string][]> = {
  '2017': [
    [8831n, 'A'],
    [7661n, 'B'],
    [6500n, 'C'],
    [0n, 'D'],
  ],
  '2004': [
    [8126n, 'A'],
    [6251n, 'B'],
    [4376n, 'C'],
    [0n, 'D'],
  ],
}

const WEIGHTS = {
  exact: [1n, 9n],
  '0.111': [111n, 1000n],
  '0.11': [11n, 100n],
  '0.071': [71n, 1000n],
} as const

/** Half up to hundredths, by whole numbers alone. */
function hundredths(above: bigint, below: bigint): bigint {
  return (above * 200n + below) / (below * 2n)
}

describe('at every band edge', () => {
  /** Averages that all nine have in common, whose index converted lies as near to an edge as a fraction of so many comes. */
  const near = fc.record({
    edge: fc.constantFrom(...EDGES),
    convention: fc.constantFrom(...CONVENTIONS),
    rule: fc.constantFrom<RuleVersion>('2017', '2004'),
    below: fc.bigInt({ min: 100n, max: 10n ** 18n }),
    off: fc.bigInt({ min: -3n, max: 3n }),
  })

  it('the index, its hundredths and its grade are those of rational arithmetic', () => {
    fc.assert(
      fc.property(near, ({ edge, convention, rule, below, off }) => {
        const [w, of] = WEIGHTS[convention]
        // index × 25 = 9 × average × weight × 25; the average nearest to the edge, and a few steps to its sides.
        const above = (edge * below * of) / (1000n * 9n * w * 25n) + off
        const average: Fraction = { above, below }
        const result = indexOf(new Map(NINE.map(name => [name, average])), { convention, rule })
        const expected = hundredths(9n * above * w * 25n, below * of)
        expect(result?.ikm).toBe(Number(expected) / 100)
        expect(result?.grade).toBe(GRADES[rule].find(([from]) => expected >= from)?.[1])
        const element = hundredths(above * 25n, below)
        expect(result?.elements.waktu?.grade).toBe(GRADES[rule].find(([from]) => element >= from)?.[1])
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [64_994n, 'D'],
    [64_995n, 'C'],
    [76_604n, 'C'],
    [76_605n, 'B'],
    [88_304n, 'B'],
    [88_305n, 'A'],
  ])('%d thousandths are %s', (thousandths, grade) => {
    expect(gradeOf(hundredths(thousandths, 1000n))).toBe(grade)
    const average = { above: thousandths, below: 25_000n }
    expect(indexOf(new Map(NINE.map(name => [name, average])), {})?.grade).toBe(grade)
  })
})

/** Sums by element of 29 respondents, triwulan III, as a religious-affairs office of West Sulawesi worked them out (domain §10, K4). */
const WEST_SULAWESI = {
  n: 29,
  sums: {
    persyaratan: 105,
    prosedur: 101,
    waktu: 100,
    biaya: 116,
    produk: 102,
    kompetensi: 105,
    perilaku: 106,
    sarana: 105,
    pengaduan: 115,
  },
  averages: [3.6207, 3.4828, 3.4483, 4, 3.5172, 3.6207, 3.6552, 3.6207, 3.9655],
}

it.each([
  ['exact', 91.48, 3.659],
  ['0.11', 90.56, 3.6224],
] as const)('the table of an agency comes out with the weight %s at %d', (convention, ikm, index) => {
  const { n, sums, averages } = WEST_SULAWESI
  const result = indexOf(
    new Map(Object.entries(sums).map(([element, sum]) => [element, fraction(sum, n)])),
    { convention },
    n,
  )
  expect(result).toMatchObject({ ikm, grade: 'A', respondents: n, convention })
  expect(result?.index).toBeCloseTo(index, 4)
  expect(Object.values(result?.elements ?? {}).map(({ average }) => Math.round(average * 1e4) / 1e4)).toEqual(
    averages,
  )
})

// e-smile.tubaba.go.id, Disdukcapil Tulang Bawang Barat, first half of 2023, read on 2026-11-22: one respondent, 4 everywhere, published
// as 100. The page says that it weighs by 0,111; 100 is what a ninth gives.
it('the table of another agency comes out as published, with the weight it really used', () => {
  const all = new Map(Object.keys(WEST_SULAWESI.sums).map(element => [element, fraction(4, 1)]))
  expect(indexOf(all, { convention: 'exact' }, 1)).toMatchObject({ ikm: 100, grade: 'A' })
  expect(indexOf(all, { convention: '0.111' }, 1)).toMatchObject({ ikm: 99.9, grade: 'A' })
})
