import type { Reader } from '../knowledge/reader.ts'
import { withoutClitic } from '../knowledge/spelling.ts'
import type { SelectionKind } from '../records/listings.ts'
import { type Education, wordsIn } from './education.ts'
import { findEducation } from './read-education.ts'

/** What somebody looking for a vacancy says of it and of themselves. Nothing of it is kept. */
export type Profile = {
  levels: string[]
  fields: string[]
  kind: SelectionKind | null
  age: number | null
  /** Other words that say something: a position, a unit, a place. */
  words: string[]
}

/** What words are read with. `reader` knows everyday words and fillers. */
export type Reading = { education: Education; reader: Reader }

/**
 * Reads "s1 hukum umur 27 pppk di dinas sosial". `isKnown`: whether a word stands in a vacancy as it is, so that it means itself and is
 * taken for no other.
 */
export function readProfile(reading: Reading, text: string, isKnown: (word: string) => boolean): Profile {
  const { education, reader } = reading
  const { age, rest: words } = withoutAge(wordsIn(text.slice(0, LONGEST)))
  const meansItself = (word: string) =>
    isKnown(word) || education.ofAll.has(word) || reader.words.has(word) || /^\d+$/.test(word)
  const found = findEducation(education, words, meansItself)
  const telling = found.rest.filter(word => !education.ofAll.has(word) && !saysNothing(reading, word))
  const named = telling.map(word => (isKnown(word) ? word : (withoutClitic(word) ?? word)))
  return {
    levels: found.levels,
    fields: found.fields,
    // Who names both wants either.
    kind: found.kinds.length === 1 ? (found.kinds[0] ?? null) : null,
    age,
    words: [...new Set(named)].filter(word => word.length > 1).slice(0, MOST_WORDS),
  }
}

/** Nobody describes a vacancy in more; what is longer is a letter of application. */
const LONGEST = 500
const MOST_WORDS = 12

/** "gak", "buat" and "saya", in whatever spelling. */
function saysNothing({ education, reader }: Reading, written: string): boolean {
  const read = reader.read(written)
  return (
    read.length > 0 && read.every(({ word, filler, light }) => filler || light || education.ofAll.has(word))
  )
}

const AGE_WORDS = new Set(['umur', 'usia', 'berumur', 'berusia', 'aged', 'age'])
const YEAR_WORDS = new Set(['tahun', 'thn', 'years', 'year'])

/** "umur 27" and "27 tahun" are an age; "pengalaman 20 tahun" and "tahun 2020" are none. */
function withoutAge(words: string[]): { age: number | null; rest: string[] } {
  const place = words.findIndex((word, n) => {
    const number = Number(word)
    if (!/^\d{2}$/.test(word) || number < 15 || number > 70) return false
    const [before = '', after = ''] = [words[n - 1], words[n + 1]]
    return AGE_WORDS.has(before) || (YEAR_WORDS.has(after) && !before.startsWith('pengalaman'))
  })
  if (place < 0) return { age: null, rest: words }
  return { age: Number(words[place]), rest: words.toSpliced(place, 1) }
}
