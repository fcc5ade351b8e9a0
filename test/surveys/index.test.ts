import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONVENTIONS, gradeOf } from '../../src/surveys/conventions.ts'
import { decimal, type Fraction, fraction } from '../../src/surveys/fraction.ts'
import { averagesOf, indexOf } from '../../src/surveys/index.ts'
import { sampleSize } from '../../src/surveys/sample-size.ts'

const NINE = 'persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana'.split(' ')
const all = (average: Fraction) => new Map(NINE.map(name => [name, average]))
const written = (text: string) => decimal(text) ?? fraction(0)

describe('the index', () => {
  it.each([
    // The average whose conversion lies just under, on, and just over an edge; exact to any number of places.
    ['2.5997999999999999999', 64.99, 'D'],
    ['2.5998', 65, 'C'],
    ['3.0641999999999999999', 76.6, 'C'],
    ['3.0642', 76.61, 'B'],
    ['3.53216', 88.3, 'B'],
    ['3.5321999999999999999', 88.3, 'B'],
    ['3.5322', 88.31, 'A'],
    ['1', 25, 'D'],
    ['4', 100, 'A'],
  ])('of averages of %s is %d, %s', (average, ikm, grade) => {
    expect(indexOf(all(written(average)), {})).toMatchObject({ ikm, grade, respondents: null })
  })

  it.each([
    ['exact', 100],
    ['0.111', 99.9],
    ['0.11', 99],
  ] as const)('of nothing but fours is, with the weight %s, %d', (convention, ikm) => {
    expect(indexOf(all(fraction(4)), { convention })).toMatchObject({ ikm, convention })
  })

  it('of fourteen elements by the old weight and the old grades', () => {
    const old = new Map(Array.from({ length: 14 }, (_, n) => [`U${n + 1}`, fraction(3)]))
    expect(indexOf(old, { convention: '0.071', rule: '2004' })).toMatchObject({ ikm: 74.55, grade: 'B' })
  })

  it('of nothing is no score', () => {
    expect(indexOf(new Map(), {})).toBeUndefined()
    expect(averagesOf(NINE, [])).toEqual({ averages: new Map(), respondents: 0, incomplete: 0 })
  })

  it('leaves out responses that lack an element, and counts them', () => {
    const whole = Object.fromEntries(NINE.map(name => [name, 3]))
    const { sarana: _, ...part } = whole
    const { averages, respondents, incomplete } = averagesOf(NINE, [whole, part, whole])
    expect({ respondents, incomplete }).toEqual({ respondents: 2, incomplete: 1 })
    expect(indexOf(averages, {}, respondents)).toMatchObject({ ikm: 75, grade: 'C', respondents: 2 })
  })
})

/** The same by whole numbers alone: values summed, times what the convention makes of 25, in hundredths, half up. */
function hundredthsOf(rows: number[][], convention: (typeof CONVENTIONS)[number]): bigint {
  const sum = BigInt(rows.flat().reduce((so, value) => so + value, 0))
  const n = BigInt(rows.length)
  // index × 25 × 100 = sum / n × weight × 2500, with weights in thousandths where they are decimals.
  const [above, below] =
    convention === 'exact'
      ? [sum * 2500n, n * BigInt(NINE.length)]
      : [sum * 2500n * BigInt(Math.round(Number(convention) * 1000)), n * 1000n]
  const whole = above / below
  return 2n * (above - whole * below) >= below ? whole + 1n : whole
}

describe('laws', () => {
  const row = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 })
  const rows = fc.array(row, { minLength: 1, maxLength: 60 })

  it('whatever was answered: the same as by whole numbers, at every convention', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...CONVENTIONS), (given, convention) => {
        const responses = given.map(values =>
          Object.fromEntries(NINE.map((name, n) => [name, values[n] ?? 0])),
        )
        const { averages, respondents } = averagesOf(NINE, responses)
        const result = indexOf(averages, { convention }, respondents)
        const expected = hundredthsOf(given, convention)
        expect(result?.ikm).toBe(Number(expected) / 100)
        expect(result?.grade).toBe(gradeOf(expected))
      }),
      { numRuns: 500 },
    )
  })

  it('the order of answers changes nothing', () => {
    fc.assert(
      fc.property(rows, given => {
        const name = (values: number[]) =>
          Object.fromEntries(NINE.map((element, n) => [element, values[n] ?? 0]))
        const there = averagesOf(NINE, given.map(name))
        const back = averagesOf(NINE, [...given].reverse().map(name))
        expect(indexOf(back.averages, {})).toEqual(indexOf(there.averages, {}))
      }),
    )
  })
})

it.each([
  [10, 10],
  [15, 14],
  [100, 80],
  [300, 169],
  [1000, 278],
  [10_000, 370],
  [100_000, 383],
  [0, 0],
])('%d people served ask for %d respondents', (served, respondents) => {
  expect(sampleSize(served)).toBe(respondents)
})
