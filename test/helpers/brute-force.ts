import { createSpeller } from '../../src/knowledge/repair.ts'
import type { Identified } from '../../src/records/listings.ts'
import { type Search, wordsOf } from '../../src/vacancies/index.ts'
import type { Profile } from '../../src/vacancies/profile.ts'
import { type Requirement, readRequirement } from '../../src/vacancies/read-education.ts'
import { reading } from './vacancies.ts'

type Row = { id: string; misfits: number; found: number; farness: number; later: boolean; closes: number }

/** Each reason against a vacancy: its bit, and how far away it makes it. */
const REASONS = { kind: [1, 2], age: [2, 2], level: [4, 3], words: [8, 4], field: [16, 5] } as const

/**
 * The matcher told as a rule, vacancy by vacancy, in the plainest way: what the index is compared with. Only reading the words of an
 * announcement is shared with it.
 */
export function bruteForce(
  vacancies: Identified<'vacancy'>[],
): (profile: Profile, now: number, most: number) => Search {
  const speller = createSpeller()
  const known = new Set<string>()
  const requirements = new Map<string, Requirement>()
  const all = vacancies.map(vacancy => {
    const words = new Set(wordsOf(vacancy))
    for (const word of words) {
      known.add(word)
      speller.add(word)
    }
    const asked = vacancy.education.map(written => requirementOf(requirements, written))
    const [opens, closes] = [Date.parse(vacancy.opens_at), Date.parse(vacancy.closes_at)]
    return { vacancy, words, asked, opens, closes }
  })
  return (profile, now, most) => {
    const wanted = new Set(profile.words.map(word => (known.has(word) ? word : speller.nearest(word))))
    const verdicts = new Map([...requirements.values()].map(one => [one, verdictOn(profile, one)]))
    const rows: Row[] = []
    for (const { vacancy, words, asked, opens, closes } of all) {
      if (closes <= now) continue
      let found = 0
      for (const word of wanted) if (word !== undefined && words.has(word)) found += 1
      const hasLevel = asked.some(one => verdicts.get(one)?.level)
      let [misfits, farness] = [0, 0]
      const against = (reason: keyof typeof REASONS, is: boolean) => {
        if (!is) return
        misfits += REASONS[reason][0]
        farness += REASONS[reason][1]
      }
      const { age, kind } = profile
      against('kind', kind !== null && kind !== vacancy.kind)
      against('age', age !== null && (age < (vacancy.age_min ?? 0) || age > (vacancy.age_max ?? 200)))
      against('level', !hasLevel)
      against('words', profile.words.length > 0 && found === 0)
      against('field', hasLevel && !asked.some(one => verdicts.get(one)?.both))
      rows.push({ id: vacancy.id, misfits, farness, found, later: opens > now, closes })
    }
    return {
      fitting: rows.filter(({ misfits }) => misfits === 0).length,
      ranked: nearest(rows, most).map(({ id, misfits, found }) => ({ id, misfits, found })),
    }
  }
}

/** Sorted, without sorting those that are farther away than enough others. */
function nearest(rows: Row[], most: number): Row[] {
  const limit = rows.map(({ farness }) => farness).sort((a, b) => a - b)[most - 1] ?? Number.POSITIVE_INFINITY
  return rows
    .filter(({ farness }) => farness <= limit)
    .sort(
      (a, b) =>
        a.farness - b.farness ||
        b.found - a.found ||
        Number(a.later) - Number(b.later) ||
        a.closes - b.closes ||
        (a.id < b.id ? -1 : 1),
    )
    .slice(0, most)
}

function requirementOf(known: Map<string, Requirement>, written: string): Requirement {
  const before = known.get(written)
  const read = before === undefined ? readRequirement(reading.education, written) : undefined
  const requirement = before ?? (read !== undefined && 'requirement' in read ? read.requirement : undefined)
  if (requirement === undefined) throw new Error(`${written} cannot be read`)
  known.set(written, requirement)
  return requirement
}

function verdictOn(profile: Profile, { levels, fields }: Requirement): { level: boolean; both: boolean } {
  const level = hasLevel(profile, levels)
  return { level, both: level && hasField(profile, fields) }
}

function hasLevel(profile: Profile, levels: string[]): boolean {
  if (profile.levels.length === 0) return true
  const enough = levels.flatMap(level => [level, ...reading.education.covers(level)])
  return profile.levels.some(level => enough.includes(level))
}

function hasField(profile: Profile, fields: string[]): boolean {
  if (fields.length === 0 || fields.includes('semua') || profile.fields.length === 0) return true
  const { within } = reading.education
  return profile.fields.some(own =>
    fields.some(field => field === own || within(own).includes(field) || within(field).includes(own)),
  )
}
