import { createSpeller } from '../../src/knowledge/repair.ts'
import type { Identified } from '../../src/records/listings.ts'
import { wordsOf } from '../../src/vacancies/index.ts'
import type { Profile } from '../../src/vacancies/profile.ts'
import { readRequirement } from '../../src/vacancies/read-education.ts'
import { reading } from './vacancies.ts'

type Row = { id: string; misfits: number; found: number; farness: number; later: boolean; closes: string }

/**
 * The matcher told as a rule, vacancy by vacancy, in the plainest way: what the index is compared with. Only reading the words of an
 * announcement is shared with it.
 */
export function bruteForce(
  vacancies: Identified<'vacancy'>[],
): (
  profile: Profile,
  now: number,
  most: number,
) => { fitting: number; ranked: { id: string; misfits: number; found: number }[] } {
  const speller = createSpeller()
  const known = new Set<string>()
  const read = vacancies.map(vacancy => {
    const words = wordsOf(vacancy)
    for (const word of words) {
      known.add(word)
      speller.add(word)
    }
    const asked = vacancy.education.map(written => {
      const requirement = readRequirement(reading.education, written)
      if (!('requirement' in requirement)) throw new Error(`${written} cannot be read`)
      return requirement.requirement
    })
    return { vacancy, words: new Set(words), asked }
  })
  return (profile, now, most) => {
    const wanted = new Set(profile.words.map(word => (known.has(word) ? word : speller.nearest(word))))
    const rows: Row[] = []
    for (const { vacancy, words, asked } of read) {
      if (Date.parse(vacancy.closes_at) <= now) continue
      const found = [...wanted].filter(word => word !== undefined && words.has(word)).length
      const atLevel = asked.filter(one => hasLevel(profile, one.levels))
      const reasons = {
        kind: profile.kind !== null && profile.kind !== vacancy.kind,
        age:
          profile.age !== null &&
          (profile.age < (vacancy.age_min ?? 0) || profile.age > (vacancy.age_max ?? 200)),
        level: atLevel.length === 0,
        words: profile.words.length > 0 && found === 0,
        field: atLevel.length > 0 && !atLevel.some(one => hasField(profile, one.fields)),
      }
      const bits = { kind: 1, age: 2, level: 4, words: 8, field: 16 }
      const far = { kind: 2, age: 2, level: 3, words: 4, field: 5 }
      const sum = (values: typeof bits) =>
        Object.entries(reasons).reduce(
          (all, [name, is]) => all + (is ? values[name as keyof typeof bits] : 0),
          0,
        )
      const later = Date.parse(vacancy.opens_at) > now
      rows.push({
        id: vacancy.id,
        misfits: sum(bits),
        farness: sum(far),
        found,
        later,
        closes: vacancy.closes_at,
      })
    }
    const ranked = rows
      .toSorted(
        (a, b) =>
          a.farness - b.farness ||
          b.found - a.found ||
          Number(a.later) - Number(b.later) ||
          Date.parse(a.closes) - Date.parse(b.closes) ||
          (a.id < b.id ? -1 : 1),
      )
      .slice(0, most)
    return {
      fitting: rows.filter(({ misfits }) => misfits === 0).length,
      ranked: ranked.map(({ id, misfits, found }) => ({ id, misfits, found })),
    }
  }
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
