import type { Article } from './article.ts'
import type { Lexicon } from './lexicon.ts'
import { type Kind, type Reading, type Terms, takeApart, type Unit } from './terms.ts'

/** What a term counts for by where it stands: in the question, a way of asking, a tag, the answer. */
const IN_QUESTION = 1
const IN_ALTERNATIVE = 0.95
const IN_TAG = 0.5
const IN_ANSWER = 0.38

const KINDS: Kind[] = ['concept', 'inner', 'word', 'covered', 'faint', 'strange', 'number']
const STEPS = 100

/** How much a unit of this kind is missed where it is not found: an inner one adds, and is hardly missed. */
export const NEED: Record<Kind, number> = {
  concept: 1,
  inner: 0.15,
  word: 0.7,
  covered: 0.25,
  faint: 0.25,
  strange: 0.6,
  number: 0.2,
}

/**
 * An article as the index keeps it. `phrasings` holds one list for each way of asking: for each unit its kind and number of
 * terms, then its terms and their strengths in hundredths, all as whole numbers in a row.
 */
export type Entry = {
  id: string
  phrasings: Int32Array[]
  /** Kinds of question it answers, by all its ways of asking. */
  asked: number[]
  /** Terms in rising order, and how strongly each stands in the whole article. */
  terms: Int32Array
  strengths: Float32Array
  /** Its words the lexicon does not have: they may be misspelt in a question as well. */
  unknown: string[]
}

export function createEntry(lexicon: Lexicon, terms: Terms, article: Article): Entry {
  const read = (text: string) => takeApart(lexicon, terms.of, text)
  const ways = [article.question, ...article.alternatives].map(read)
  const strengths = new Map<number, number>()
  ways.forEach((way, n) => void note(strengths, way, n === 0 ? IN_QUESTION : IN_ALTERNATIVE))
  const [tags, answer] = [read(article.tags.join(' , ')), read(article.answer)]
  note(strengths, tags, IN_TAG)
  note(strengths, answer, IN_ANSWER)
  const words = [...ways, tags, answer].flatMap(way => way.words)
  const inOrder = [...strengths].sort(([a], [b]) => a - b)
  return {
    id: article.id,
    phrasings: ways.map(({ units }) => packed(units)),
    asked: [...new Set(ways.flatMap(({ asked }) => asked))],
    terms: Int32Array.from(inOrder, ([term]) => term),
    strengths: Float32Array.from(inOrder, ([, strength]) => strength),
    unknown: [...new Set(words.filter(({ known }) => !known).map(({ word }) => word))],
  }
}

function note(strengths: Map<number, number>, { units }: Reading, field: number): void {
  for (const { terms } of units) {
    for (const { term, strength } of terms) {
      strengths.set(term, Math.max(strengths.get(term) ?? 0, strength * field))
    }
  }
}

function packed(units: Unit[]): Int32Array {
  return Int32Array.from(
    units.flatMap(({ kind, terms }) => [
      KINDS.indexOf(kind),
      terms.length,
      ...terms.flatMap(({ term, strength }) => [term, Math.round(strength * STEPS)]),
    ]),
  )
}

/** How strongly a term stands in an article, 0 when it does not. */
export function strengthOf({ terms, strengths }: Entry, term: number): number {
  let [low, high] = [0, terms.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const there = terms[middle] ?? 0
    if (there === term) return strengths[middle] ?? 0
    if (there < term) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/** What a question says, term by term, for comparing many ways of asking with it. */
export type Given = { strengths: Float32Array; unitOf: Int32Array; masses: Float64Array; mass: number }

/** Shares of mass, 0 to 1: how much of a way of asking is in a question, and how much of the question in it. */
export function compare(
  phrasing: Int32Array,
  given: Given,
  massOf: (term: number, kind: Kind) => number,
): { given: number; covers: number } {
  let [all, met] = [0, 0]
  const covered = new Float64Array(given.masses.length)
  for (let place = 0; place < phrasing.length; ) {
    const kind = KINDS[phrasing[place] ?? 0] ?? 'word'
    const count = phrasing[place + 1] ?? 0
    const mass = massOf(phrasing[place + 2] ?? 0, kind)
    let best = 0
    for (let n = 0; n < count; n++) {
      const term = phrasing[place + 2 + 2 * n] ?? 0
      const strength = ((phrasing[place + 3 + 2 * n] ?? 0) / STEPS) * (given.strengths[term] ?? 0)
      if (strength === 0) continue
      best = Math.max(best, strength)
      const unit = given.unitOf[term] ?? 0
      covered[unit] = Math.max(covered[unit] ?? 0, strength)
    }
    all += mass * (best + (1 - best) * NEED[kind])
    met += mass * best
    place += 2 + 2 * count
  }
  let covers = 0
  for (let unit = 0; unit < covered.length; unit++) covers += (covered[unit] ?? 0) * (given.masses[unit] ?? 0)
  return { given: all === 0 ? 0 : met / all, covers: given.mass === 0 ? 0 : covers / given.mass }
}
