import type { SelectionKind } from '../records/listings.ts'
import { type Education, wordsIn } from './education.ts'

/** What was found in words: levels, fields and kinds of selection, and the words that are neither. */
export type Found = { levels: string[]; fields: string[]; kinds: SelectionKind[]; rest: string[] }

/** Whether a word means itself, whatever it is near to. */
export type MeansItself = (word: string) => boolean

/** Of announcements every word is taken as it stands. */
const AS_WRITTEN: MeansItself = () => true

/** Reads words as people write them; the longest phrase wins, and misspelt ones are taken for the word they are near to. */
export function findEducation(education: Education, words: string[], meansItself: MeansItself): Found {
  const { phrases, longest, speller } = education
  const meant = words.map(word => (meansItself(word) ? word : (speller.nearest(word) ?? word)))
  const found: Found = { levels: [], fields: [], kinds: [], rest: [] }
  for (let place = 0; place < words.length; ) {
    let length = Math.min(longest, words.length - place)
    let meaning = phrases.get(meant.slice(place, place + length).join(' '))
    while (meaning === undefined && length > 1) {
      length -= 1
      meaning = phrases.get(meant.slice(place, place + length).join(' '))
    }
    if (meaning === undefined) found.rest.push(words[place] ?? '')
    addNew(found.levels, meaning?.level)
    addNew(found.fields, meaning?.field)
    addNew(found.kinds, meaning?.kind)
    place += length
  }
  return found
}

function addNew<Value>(list: Value[], value: Value | undefined): void {
  if (value !== undefined && !list.includes(value)) list.push(value)
}

/** What an announcement asks for: one of these levels in one of these fields; without fields the level alone. */
export type Requirement = { levels: string[]; fields: string[] }

/** What a written requirement comes to, or why it cannot be read. `own`: fields that are none of ours and stand for themselves. */
export type ReadRequirement =
  | { requirement: Requirement; own: string[] }
  | { fault: 'no-level' }
  | { fault: 'misspelt'; written: string; meant: string }

const CONNECTING = new Set(
  'dan atau jurusan program studi prodi bidang ilmu lulusan minimal sederajat setara rumpun'.split(' '),
)

/**
 * Reads "D-III/D-IV Keperawatan" as an announcement writes it. A field that is none of ours stands for itself, by its words; one that
 * is nearly ours is a slip. Of a field with more words behind it ("Penyiaran Islam") the whole is its name.
 */
export function readRequirement(education: Education, written: string): ReadRequirement {
  const whole = findEducation(education, wordsIn(written), AS_WRITTEN)
  if (whole.levels.length === 0) return { fault: 'no-level' }
  const requirement: Requirement = { levels: whole.levels, fields: [] }
  const own: string[] = []
  for (const part of written.split(/[/,;]|\batau\b/iu)) {
    const words = wordsIn(part)
    const { fields, rest } = findEducation(education, words, AS_WRITTEN)
    const telling = rest.filter(word => !CONNECTING.has(word))
    if (telling.length === 0) {
      requirement.fields.push(...fields.filter(field => !requirement.fields.includes(field)))
      continue
    }
    const near = findEducation(education, words, word => CONNECTING.has(word))
    const [field] = near.fields
    if (field !== undefined && near.rest.every(word => CONNECTING.has(word)))
      return { fault: 'misspelt', written: telling.join(' '), meant: education.fieldName(field) }
    const name = words.filter(word => !CONNECTING.has(word) && !isLevel(education, word)).join(' ')
    requirement.fields.push(name)
    own.push(name)
  }
  return { requirement, own }
}

/** The same for many: announcements ask for the same again and again. */
export function requirementReader(education: Education): (written: string) => ReadRequirement {
  const known = new Map<string, ReadRequirement>()
  return written => {
    const before = known.get(written)
    if (before !== undefined) return before
    const read = readRequirement(education, written)
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(written, read)
    return read
  }
}

const MOST_KNOWN = 20_000

function isLevel({ phrases }: Education, word: string): boolean {
  return phrases.get(word)?.level !== undefined
}
