import type { Identified } from '../../src/records/listings.ts'
import { createVacancyIndex, type VacancyIndex } from '../../src/vacancies/index.ts'
import { bruteForce } from '../helpers/brute-force.ts'
import { chance, NOW, reading, someVacancy, someWords } from '../helpers/vacancies.ts'
import { type Check, progress, size } from './check.ts'

/** What is shown at most, ten messages of five. */
const MOST = 50
/** A neighbour on the machine is no part of an answer: each search counts with its best of five. */
const TRIES = 5

/**
 * The matcher over `--vacancies` generated vacancies and `--profiles` searches in free words: what fits, how many, in which order and why
 * not must be what a brute-force search finds; again after a tenth of the vacancies was changed or withdrawn in place. A search takes less
 * than 5 ms at the 99th percentile. The controls: an index that missed the changes, and one whose age limits are a year off.
 */
export const check: Check = {
  async run(flags) {
    const random = chance(size(flags, 'seed', 1))
    const count = size(flags, 'vacancies', 50_000)
    const profiles = size(flags, 'profiles', 1000)
    const now = new Map(Array.from({ length: count }, (_, n) => [`v${n}`, someVacancy(random, `v${n}`)]))
    const [index, stale, strict] = [indexOf(now), indexOf(now), indexOf(withAge(now, -1))]
    const searches = Array.from({ length: profiles }, () => someWords(random))
    progress(`${count} vacancies stand`)
    const before = compare(index, now, searches.slice(0, Math.ceil(profiles / 2)))
    for (let n = 0; n < count / 10; n++) {
      const id = `v${Math.floor(random() * count)}`
      if (random() < 0.3) {
        now.delete(id)
        index.remove(id)
      } else {
        const vacancy = someVacancy(random, id)
        now.set(id, vacancy)
        index.put(vacancy)
      }
    }
    progress('a tenth was changed')
    const after = compare(index, now, searches.slice(Math.ceil(profiles / 2)))
    const few = searches.slice(-Math.min(20, profiles))
    const controlStale = compare(stale, now, few).different
    const controlAge = compare(strict, now, few).different
    const times = [...before.ms, ...after.ms].toSorted((a, b) => a - b)
    const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 1000) / 1000
    const different = before.different + after.different
    const fitting = before.fitting + after.fitting
    const totals = {
      vacancies: count,
      profiles,
      different,
      fitting,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      controlStale,
      controlAge,
    }
    return {
      totals,
      ok: different === 0 && fitting > 0 && totals.p99Ms < 5 && controlStale > 0 && controlAge > 0,
    }
  },
}

function indexOf(vacancies: ReadonlyMap<string, Identified<'vacancy'>>): VacancyIndex {
  const index = createVacancyIndex(reading)
  for (const vacancy of vacancies.values()) index.put(vacancy)
  return index
}

function withAge(
  vacancies: ReadonlyMap<string, Identified<'vacancy'>>,
  years: number,
): Map<string, Identified<'vacancy'>> {
  const changed = [...vacancies].map(
    ([id, one]) => [id, { ...one, age_max: one.age_max && one.age_max + years }] as const,
  )
  return new Map(changed)
}

function compare(
  index: VacancyIndex,
  vacancies: ReadonlyMap<string, Identified<'vacancy'>>,
  searches: string[],
): { different: number; fitting: number; ms: number[] } {
  const reference = bruteForce([...vacancies.values()])
  const ms: number[] = []
  let [different, fitting] = [0, 0]
  for (const [n, words] of searches.entries()) {
    ms.push(timed(index, words))
    const profile = index.read(words)
    const found = index.search(profile, NOW, MOST)
    fitting += found.fitting
    if (JSON.stringify(found) !== JSON.stringify(reference(profile, NOW, MOST))) different += 1
    if (n % 100 === 99) progress(`${n + 1} searches compared, ${different} different`)
  }
  return { different, fitting, ms }
}

/** Reading the words and searching, together: what a citizen waits for, in ms. */
function timed(index: VacancyIndex, words: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < TRIES; tried++) {
    const began = performance.now()
    index.search(index.read(words), NOW, MOST)
    best = Math.min(best, performance.now() - began)
  }
  return best
}
