import { createVacancyIndex } from '../src/vacancies/index.ts'
import { chance, NOW, reading, someVacancy, someWords } from '../test/helpers/vacancies.ts'
import { print, printAim, progress } from './lines.ts'

const SEARCHES = 1000
/** A neighbour on the machine is no part of a search: each counts with its best of five. */
const TRIES = 5
/** What is shown at most, ten messages of five. */
const MOST = 50

/** `matcher`: finding vacancies by free words, reading the words included, and taking one change in. No peer has the like. */
export function benchMatcher(vacancies: number): void {
  const random = chance(1)
  const index = createVacancyIndex(reading)
  const all = Array.from({ length: vacancies }, (_, n) => someVacancy(random, `v${n}`))
  const building = performance.now()
  for (const vacancy of all) index.put(vacancy)
  print({ name: 'matcher.build', value: performance.now() - building, unit: 'ms' })
  progress(`matcher: ${vacancies} vacancies`)
  const searches = Array.from({ length: SEARCHES }, () => someWords(random))
  const found = searches.map(words => best(() => void index.search(index.read(words), NOW, MOST)))
  const changed = searches.map(() => {
    const vacancy = someVacancy(random, `v${Math.floor(random() * vacancies)}`)
    return best(() => index.put(vacancy))
  })
  print({ name: 'matcher.search.p50', value: at(found, 0.5), unit: 'ms' })
  print({ name: 'matcher.search.p99', value: at(found, 0.99), unit: 'ms' })
  printAim({ name: 'matcher.search.p99', reached: at(found, 0.99), unit: 'ms', atMost: 5 })
  print({ name: 'matcher.change.p99', value: at(changed, 0.99), unit: 'ms' })
}

function best(work: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < TRIES; tried++) {
    const began = performance.now()
    work()
    least = Math.min(least, performance.now() - began)
  }
  return least
}

function at(times: number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN
}
