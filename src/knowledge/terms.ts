import type { Lexicon } from './lexicon.ts'
import type { Found } from './phrases.ts'
import type { Mend, Word } from './reader.ts'

/** Half of what is said of the narrower is said of the broader: SKD is a test, an ijazah a document. */
const BROADER = 0.45

/** What a unit of meaning is made of; what it weighs comes of that. */
export type Kind = 'concept' | 'inner' | 'word' | 'covered' | 'faint' | 'strange' | 'number'

/** A unit of meaning of a text: what the same words may mean, as terms, each with how surely (0 to 1). */
export type Unit = { kind: Kind; terms: { term: number; strength: number }[]; places: number[] }

/** A text taken apart: what it is about, and which kinds of question it asks. */
export type Reading = { words: Word[]; found: Found[]; units: Unit[]; asked: number[] }

/** Numbers for concepts and words, one row for both; concepts come first. */
export type Terms = {
  /** The number of a word; new ones get one only when an article has them. */
  of: (root: string) => number
  /** The number of a word, or the one that stands for every word no article has. */
  known: (root: string) => number
  /** One past the highest number. */
  size: () => number
}

export function createTerms(concepts: number): Terms {
  const numbers = new Map<string, number>()
  // The number after the concepts stays free: it is that of every word no article has.
  const none = concepts
  return {
    of: root => {
      const known = numbers.get(root)
      if (known !== undefined) return known
      const number = none + 1 + numbers.size
      numbers.set(root, number)
      return number
    },
    known: root => numbers.get(root) ?? none,
    size: () => none + 1 + numbers.size,
  }
}

/** Reads a text into units. Words that only greet, ask or fill say nothing of the matter. */
export function takeApart(lexicon: Lexicon, terms: Terms['of'], text: string, mend?: Mend): Reading {
  const words = lexicon.reader.read(text, mend)
  const found = lexicon.phrases.find(words)
  const role = (one: Found) => lexicon.concepts[one.concept]?.role
  const asked = found.filter(one => role(one) === 'asked').map(one => one.concept)
  const matters = found.filter(one => {
    const its = role(one)
    return its === 'topic' || ((its === 'elsewhere' || its === 'refuse') && !one.inner)
  })
  const inMatter = new Set(matters.flatMap(one => one.places))
  const talk = found.filter(one => role(one) === 'asked' || role(one) === 'small')
  const inTalk = new Set(talk.flatMap(one => one.places))
  const units = eachOnce([...bySamePlaces(matters)].map(meant => conceptUnit(lexicon, meant)))
  for (const [place, word] of words.entries()) {
    if (word.filler || (inTalk.has(place) && !inMatter.has(place))) continue
    units.push({
      kind: kindOf(word, inMatter.has(place)),
      terms: [{ term: terms(word.root), strength: 1 }],
      places: [place],
    })
  }
  return { words, found, units, asked: [...new Set(asked)] }
}

function kindOf(word: Word, covered: boolean): Kind {
  if (word.faint) return 'faint'
  if (/^\d/.test(word.word)) return 'number'
  if (covered) return 'covered'
  return word.known ? 'word' : 'strange'
}

function* bySamePlaces(found: Found[]): Iterable<Found[]> {
  const groups = new Map<string, Found[]>()
  for (const one of found) {
    const key = one.places.join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  yield* groups.values()
}

/** A matter named twice is one matter. */
function eachOnce(units: Unit[]): Unit[] {
  const first = new Map<number | undefined, Unit>()
  for (const unit of units) {
    const key = unit.terms[0]?.term
    const before = first.get(key)
    if (before === undefined) first.set(key, unit)
    else before.places.push(...unit.places)
  }
  return [...first.values()]
}

function conceptUnit(lexicon: Lexicon, meant: Found[]): Unit {
  const strengths = new Map<number, number>()
  const raise = (term: number, strength: number) =>
    strengths.set(term, Math.max(strengths.get(term) ?? 0, strength))
  for (const { concept, sure } of meant) {
    raise(concept, sure)
    for (const broader of lexicon.concepts[concept]?.within ?? []) raise(broader, sure * BROADER)
  }
  const terms = [...strengths].map(([term, strength]) => ({ term, strength }))
  terms.sort((a, b) => b.strength - a.strength)
  const kind = meant.every(({ inner }) => inner) ? 'inner' : 'concept'
  return { kind, terms, places: [...(meant[0]?.places ?? [])] }
}
