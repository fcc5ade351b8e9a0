import { splitWords } from '../knowledge/split-words.ts'
import type { Identified } from '../records/listings.ts'
import { AskedLists } from './asked-lists.ts'
import { Columns } from './columns.ts'
import { ageBits, FARNESS_OF, soughtBy, verdictOn } from './fit.ts'
import { Nearest, type Ranked } from './nearest.ts'
import { type Profile, type Reading, readProfile } from './profile.ts'
import { requirementReader } from './read-education.ts'
import { WordLists } from './word-lists.ts'

/** What was found: how many fit, and the nearest ones in order; `misfits` of 0 fits. */
export type Search = { fitting: number; ranked: Ranked[] }

/** The vacancies of an office that are shown, ready to be searched and changed one by one. */
export type VacancyIndex = {
  put(vacancy: Identified<'vacancy'>): void
  remove(id: string): void
  /** What somebody said, read with the words vacancies have. */
  read(text: string): Profile
  /** The `most` nearest of those that close behind `now`, in ms. */
  search(profile: Profile, now: number, most: number): Search
}

/**
 * Every search looks at every vacancy, at a few bytes of each: nothing has to be chosen beforehand, and no order or count is an
 * estimate. What is written alike (a requirement, a word) is judged once a search.
 */
export function createVacancyIndex(reading: Reading): VacancyIndex {
  const columns = new Columns()
  const education = new AskedLists(requirementReader(reading.education))
  const words = new WordLists()

  function remove(id: string): void {
    const slot = columns.remove(id)
    if (slot !== undefined) words.remove(slot)
  }

  return {
    remove,
    put(vacancy) {
      remove(vacancy.id)
      const slot = columns.put(vacancy, education.listOf(vacancy.education))
      words.put(slot, wordsOf(vacancy))
    },
    read: text => readProfile(reading, text, word => words.has(word)),
    search(profile, now, most) {
      const { ids, kinds, ageMin, ageMax, opens, closes, asked } = columns
      const { kindBits, verdictBits, age, wordsBits } = soughtBy(profile)
      const verdicts = education.judge(one => verdictOn(reading.education, one, profile))
      const counts = words.count(profile.words, ids.length)
      const nearest = new Nearest(most)
      let fitting = 0
      for (let slot = 0; slot < counts.length; slot++) {
        const closing = closes[slot] ?? 0
        if (closing <= now) continue
        const found = counts[slot] ?? 0
        const misfits =
          (kindBits[kinds[slot] ?? 0] ?? 0) |
          ageBits(age, ageMin[slot] ?? 0, ageMax[slot] ?? 0) |
          (verdictBits[verdicts[asked[slot] ?? 0] ?? 0] ?? 0) |
          (found === 0 ? wordsBits : 0)
        if (misfits === 0) fitting += 1
        const farness = FARNESS_OF[misfits] ?? 0
        if (farness > nearest.farthest) continue
        const opensLater = (opens[slot] ?? 0) > now
        if (nearest.takes(farness, found, opensLater, closing))
          nearest.offer({ id: ids[slot] ?? '', farness, found, opensLater, closes: closing, misfits })
      }
      return { fitting, ranked: nearest.ranked() }
    },
  }
}

/** The words by which a vacancy is found. Its education is among them: a field that nobody has listed is a word. */
export function wordsOf({ position, unit, work_place, education }: Identified<'vacancy'>): string[] {
  const text = [position, unit, work_place ?? '', ...education].join('\n')
  return [...new Set(splitWords(text).map(({ raw }) => raw))]
}
