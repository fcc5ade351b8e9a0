import { listed } from './listed.ts'
import { createPhrases, type Phrases } from './phrases.ts'
import { createReader, type Reader, type Word } from './reader.ts'
import type { WordsSource } from './vocabulary.ts'

/**
 * What a concept is for. `topic`: what a question is about. `asked`: what is wanted of it (when, how, how much). `elsewhere`: a
 * matter of somebody else, or nobody's; a question that names one is answered only by an article that names it too.
 * `refuse`: insults, orders to the machine, requests for predictions. `small`: greetings and the like.
 */
export type Role = (typeof CONCEPT_ROLES)[number]

export const CONCEPT_ROLES = ['topic', 'asked', 'elsewhere', 'refuse', 'small'] as const

export type Concept = {
  id: string
  role: Role
  /** How telling it is beside others, 1 by default: "urus" says little, "sanggah" much. */
  weight: number
  /** Numbers of the broader concepts it is one of, the nearest first. */
  within: number[]
  /** Who answers for it instead, in words for the citizen. */
  referral: string
}

/** One concept as staff write it: ways of saying it with commas between, or these and more. */
export type ConceptSource =
  | string
  | {
      say: string
      within?: string | undefined
      weight?: number | string | undefined
      role?: Role | undefined
      referral?: string | undefined
    }

export type Lexicon = { concepts: Concept[]; phrases: Phrases; reader: Reader }

/** Builds the lexicon once; throws with the concept's name when something does not fit. */
export function createLexicon(words: WordsSource, sources: Record<string, ConceptSource>): Lexicon {
  const ids = Object.keys(sources)
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const full = ids.map(id => fullSource(sources[id] ?? ''))
  const sayings = full.map(({ say }) => listed(say))
  const reader = createReader(words, sayings.flat())
  const concepts = full.map(({ role = 'topic', weight = 1, within = '', referral = '' }, number) => {
    const id = ids[number] ?? ''
    return { id, role, weight: Number(weight), within: broader(id, within, numbers, full), referral }
  })
  return { concepts, phrases: phrasesOf(concepts, sayings, reader), reader }
}

/** A phrase that a narrower concept has as well means the narrower one. */
function phrasesOf(concepts: Concept[], sayings: string[][], reader: Reader): Phrases {
  const owners = new Map<string, number[]>()
  for (const [number, ways] of sayings.entries()) {
    for (const way of ways) owners.set(way, [...(owners.get(way) ?? []), number])
  }
  const phrases = createPhrases()
  for (const [way, all] of owners) {
    const words = reader.read(way)
    const narrow = all.filter(one => !all.some(other => concepts[other]?.within.includes(one)))
    for (const number of narrow) phrases.add(words, number, isStrict(concepts[number]?.role, words))
  }
  return phrases
}

/** "apakah saya lulus" asks of oneself, and "kelakuan" is an insult where "dilakukan" is none. */
function isStrict(role: Role | undefined, words: Word[]): boolean {
  return role === 'refuse' || role === 'small' || (role === 'elsewhere' && words.length === 1)
}

function fullSource(source: ConceptSource): Exclude<ConceptSource, string> {
  return typeof source === 'string' ? { say: source } : source
}

/** Its own broader concepts, then theirs. */
function broader(
  id: string,
  within: string,
  numbers: ReadonlyMap<string, number>,
  all: { within?: string | undefined }[],
): number[] {
  const found = new Set<number>()
  const walk = (names: string, depth: number) => {
    for (const name of listed(names)) {
      const number = numbers.get(name)
      if (number === undefined) throw new Error(`${id}: there is no concept "${name}" to be within`)
      if (name === id || found.has(number)) continue
      found.add(number)
      if (depth < 3) walk(all[number]?.within ?? '', depth + 1)
    }
  }
  walk(within, 1)
  return [...found]
}
