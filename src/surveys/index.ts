import { type Convention, type Grade, gradeOf, type RuleVersion, weightOf } from './conventions.ts'
import { type Fraction, fraction, plus, roundHalfUp, shown, times } from './fraction.ts'

/** One element's result. `average` (NRR) and `weighted` are shown to six places; `grade` is that of the average times 25. */
export type ElementResult = { average: number; weighted: number; grade: Grade }

/**
 * An index as PermenPANRB 14/2017 has it. `index` (1 to 4) is shown to six places, `ikm` (25 to 100) to two, half up; the grade is
 * decided on that. Everything before is exact. `respondents`: null when only averages were given.
 */
export type IndexResult = {
  index: number
  ikm: number
  grade: Grade
  respondents: number | null
  elements: Record<string, ElementResult>
  convention: Convention
  rule: RuleVersion
}

/** `places`: to how many averages, weighted averages and the index are shown; six unless told. */
type How = { convention?: Convention; rule?: RuleVersion; places?: number }
const CONVERSION = fraction(25)

/** The index of exact averages by element name. Undefined when there is no element: then there is no score either. */
export function indexOf(
  averages: ReadonlyMap<string, Fraction>,
  { convention = 'exact', rule = '2017', places = 6 }: How,
  respondents: number | null = null,
): IndexResult | undefined {
  if (averages.size === 0) return undefined
  const weight = weightOf(convention, averages.size)
  let index = fraction(0)
  const elements = [...averages].map(([name, average]): [string, ElementResult] => {
    const weighted = times(average, weight)
    index = plus(index, weighted)
    const grade = gradeOf(converted(average), rule)
    return [name, { average: shown(average, places), weighted: shown(weighted, places), grade }]
  })
  return {
    index: shown(index, places),
    ikm: shown(times(index, CONVERSION), 2),
    grade: gradeOf(converted(index), rule),
    respondents,
    elements: Object.fromEntries(elements),
    convention,
    rule,
  }
}

/** One citizen's values, 1 to 4, by element name. */
export type Values = Readonly<Record<string, number>>

/** The averages of complete responses. Those that lack an element are left out and counted: a missing answer has no value. */
export function averagesOf(
  elements: readonly string[],
  responses: readonly Values[],
): { averages: Map<string, Fraction>; respondents: number; incomplete: number } {
  const complete = responses.filter(values => elements.every(name => Object.hasOwn(values, name)))
  const averages = new Map<string, Fraction>()
  if (complete.length > 0) {
    for (const name of elements) {
      const sum = complete.reduce((so, values) => so + (values[name] ?? 0), 0)
      averages.set(name, fraction(sum, complete.length))
    }
  }
  return { averages, respondents: complete.length, incomplete: responses.length - complete.length }
}

function converted(value: Fraction): bigint {
  return roundHalfUp(times(value, CONVERSION), 2)
}
