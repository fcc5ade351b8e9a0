import { z } from 'zod'
import { listed } from '../knowledge/listed.ts'
import { createSpeller, type Speller } from '../knowledge/repair.ts'
import { splitWords } from '../knowledge/split-words.ts'
import { SELECTION_KINDS, type SelectionKind } from '../records/listings.ts'

const text = z.string().trim().min(1)

/** The file `flows/knowledge/education.yaml`: how levels and fields of education are written. */
export const EducationFile = z.strictObject({
  kinds: z.strictObject({ cpns: text, pppk: text, other: text }),
  of_all: text,
  levels: z.record(z.string(), z.strictObject({ name: text, say: text, covers: text.optional() })),
  fields: z.record(z.string(), z.strictObject({ name: text, say: text, within: text.optional() })),
})
export type EducationSource = z.output<typeof EducationFile>

/** The field that stands for all of them. */
export const ANY_FIELD = 'semua'

/** What one phrase means. */
type Meaning = { level?: string; field?: string; kind?: SelectionKind }

/** The words of education, ready to be looked up. Of levels and fields ids are used; `nameOf` gives what people read. */
export type Education = {
  /** Phrases of at most `longest` words, joined by spaces. */
  phrases: ReadonlyMap<string, Meaning>
  longest: number
  speller: Speller
  /** Words said of every vacancy. */
  ofAll: ReadonlySet<string>
  /** Levels from the lowest up. */
  levels: string[]
  /** Whoever has the level itself, or one of these, has what is asked. */
  covers(level: string): readonly string[]
  /** The broader fields that one is part of. */
  within(field: string): readonly string[]
  levelName(level: string): string
  fieldName(field: string): string
}

/** Builds it; throws with the place when something does not fit. */
export function createEducation({ kinds, of_all, levels, fields }: EducationSource): Education {
  const phrases = new Map<string, Meaning>()
  const speller = createSpeller()
  const add = (say: string, meaning: Meaning, where: string) => {
    for (const way of listed(say)) {
      const words = wordsIn(way)
      const phrase = words.join(' ')
      if (phrase === '') throw new Error(`${where}: "${way}" has no words`)
      const before = phrases.get(phrase)
      if (before !== undefined && !isSame(before, meaning))
        throw new Error(`${where}: "${way}" already means ${before.kind ?? before.level ?? before.field}`)
      phrases.set(phrase, meaning)
      for (const word of words) speller.add(word)
    }
  }
  for (const kind of SELECTION_KINDS) add(kinds[kind], { kind }, `kinds.${kind}`)
  for (const [level, { say }] of Object.entries(levels)) add(say, { level }, `levels.${level}`)
  for (const [field, { say }] of Object.entries(fields)) add(say, { field }, `fields.${field}`)
  const covers = referred(levels, 'covers', levels)
  const within = referred(fields, 'within', fields)
  return {
    phrases,
    longest: Math.max(...[...phrases.keys()].map(phrase => phrase.split(' ').length)),
    speller,
    ofAll: new Set(listed(of_all).flatMap(wordsIn)),
    levels: Object.keys(levels),
    covers: level => covers.get(level) ?? [],
    within: field => within.get(field) ?? [],
    levelName: level => levels[level]?.name ?? level,
    fieldName: field => fields[field]?.name ?? field,
  }
}

function isSame(one: Meaning, other: Meaning): boolean {
  return one.level === other.level && one.field === other.field && one.kind === other.kind
}

function referred<Key extends 'covers' | 'within'>(
  sources: Record<string, { [key in Key]?: string | undefined }>,
  key: Key,
  known: object,
): Map<string, string[]> {
  return new Map(
    Object.entries(sources).map(([id, source]) => {
      const others = listed(source[key] ?? '')
      const stranger = others.find(other => !Object.hasOwn(known, other))
      if (stranger !== undefined) throw new Error(`${id}: there is no "${stranger}" to be named in ${key}`)
      return [id, others]
    }),
  )
}

const ROMAN: Record<string, string> = { i: '1', ii: '2', iii: '3', iv: '4' }

/** "di" is a word and "si" a field: a lone I is a number only behind a mark. */
const LEVEL = /\b([ds])(?:\s*(?:[.-]\s*)?(iv|i{2,3}|[1-4])|\s*[.-]\s*(i))\b/giu

/** The words of a text with levels in one spelling: "D-III", "D III" and "d.3" are "d3", "S-1" and "strata I" are "s1" and "strata 1". */
export function wordsIn(written: string): string[] {
  const words = splitWords(written.replace(LEVEL, joinLevel)).map(({ raw }) => raw)
  return words.map((word, n) => (isDegree(words[n - 1]) ? (ROMAN[word] ?? word) : word))
}

function joinLevel(_: string, letter: string, number = '', one = ''): string {
  const written = (number + one).toLowerCase()
  return `${letter}${ROMAN[written] ?? written}`
}

function isDegree(word: string | undefined): boolean {
  return word === 'strata' || word === 'diploma'
}
