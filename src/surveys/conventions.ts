import { decimal, type Fraction, fraction } from './fraction.ts'

/**
 * What an element's average is multiplied by. The form's footnote says 0,111, programs in use also compute with 1/9 and 0,11, the
 * older index of 14 elements with 0,071; with all answers 4 that makes 99.90, 100.00 and 99.00. So it is named beside every
 * result, and results of two conventions are not compared. Source: PermenPANRB 14/2017 and published tables (domain §1.4).
 */
export const CONVENTIONS = ['exact', '0.111', '0.11', '0.071'] as const
export type Convention = (typeof CONVENTIONS)[number]

export function isConvention(name: unknown): name is Convention {
  return CONVENTIONS.some(one => one === name)
}

/** The weight of each of `elements`. */
export function weightOf(convention: Convention, elements: number): Fraction {
  return convention === 'exact' ? fraction(1, elements) : (decimal(convention) ?? fraction(0))
}

/** For how many elements a fixed weight was made; undefined when it fits any number. */
export const MADE_FOR: Record<Convention, number | undefined> = {
  exact: undefined,
  '0.111': 9,
  '0.11': 9,
  '0.071': 14,
}

export type Grade = 'A' | 'B' | 'C' | 'D'
export type RuleVersion = '2017' | '2004'

/**
 * From how many hundredths of a converted value (25.00 to 100.00) each grade begins. 2017: PermenPANRB 14/2017. 2004: the equal
 * widths of KEP/25/M.PAN/2/2004, for reports of that time.
 */
const BEGINNINGS: Record<RuleVersion, readonly (readonly [from: bigint, grade: Grade])[]> = {
  '2017': [
    [8831n, 'A'],
    [7661n, 'B'],
    [6500n, 'C'],
  ],
  '2004': [
    [8126n, 'A'],
    [6251n, 'B'],
    [4376n, 'C'],
  ],
}

/** The grade of a converted value rounded half up to hundredths: 88.30 is B, 88.31 is A, and nothing lies between. */
export function gradeOf(hundredths: bigint, rule: RuleVersion = '2017'): Grade {
  return BEGINNINGS[rule].find(([from]) => hundredths >= from)?.[1] ?? 'D'
}
