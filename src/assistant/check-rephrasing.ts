import { BINDING } from './plain-words.ts'
import { namesIn, readSentences, type Sentence } from './sentences.ts'

/** Why a rephrasing is not sent. */
export type Fault = 'length' | 'signs' | 'names' | 'words' | 'missing'

/** A rephrasing may be a little longer than the article: a word of courtesy, not a sentence more. */
const LONGER = 1.25
/** How much of the article's own words it has to keep, besides everything that is guarded. */
const KEPT = 0.7

/** Signs of plain sentences; any other has to stand in the article. */
const PLAIN = /^[\p{Script=Latin}\p{M}\d \n.,;:!?()'"’“”/%+&-]$/u

/**
 * What is wrong with a rephrasing of an article, found by comparing words alone: whatever the model was told or made to say, only
 * what passes here is sent. Each of its sentences is one of the article's, or two that stand together, in their order; numbers, dates,
 * addresses, names, and the words that deny, allow, oblige or limit are all there, as often and in the same order; every other word
 * but binding ones is of that very sentence. Left out may be words, and sentences in which nothing is guarded. `known`: roots.
 */
export function faultIn(said: string, article: string, known: ReadonlySet<string>): Fault | undefined {
  if (said.trim() === '' || said.length > Math.max(article.length * LONGER, article.length + 40))
    return 'length'
  if (!hasPlainSigns(said, article)) return 'signs'
  const names = namesIn(article)
  for (const name of namesIn(said)) if (!names.has(name) && !BINDING.has(name)) return 'names'
  const own = readSentences(article, names, known)
  const theirs = readSentences(said, names, known)
  const met = align(theirs, own)
  if (met === undefined) return 'words'
  const all = own.reduce((sum, { roots }) => sum + roots.length, 0)
  return met < all * KEPT ? 'missing' : undefined
}

function hasPlainSigns(said: string, article: string): boolean {
  if (said !== said.normalize('NFC')) return false
  const there = new Set(article)
  return [...said].every(sign => PLAIN.test(sign) || there.has(sign))
}

/** How many of the article's words are met when every sentence finds its own, in order; undefined when one finds none. */
function align(theirs: Sentence[], own: Sentence[]): number | undefined {
  let [at, met] = [0, 0]
  for (const sentence of theirs) {
    const found = placeOf(sentence, own, at)
    if (found === undefined) return undefined
    met += found.met
    at = found.next
  }
  // What is left over must not have been guarded.
  return own.slice(at).every(({ guarded }) => guarded.length === 0) ? met : undefined
}

function placeOf(
  sentence: Sentence,
  own: Sentence[],
  from: number,
): { met: number; next: number } | undefined {
  for (let first = from; first < own.length; first++) {
    for (const count of [1, 2]) {
      const part = own.slice(first, first + count)
      if (part.length < count) continue
      const guarded = part.flatMap(one => one.guarded)
      const roots = part.flatMap(one => one.roots)
      if (guarded.join(' ') === sentence.guarded.join(' ') && isWithin(sentence.roots, roots))
        return { met: sentence.roots.length, next: first + count }
    }
    if ((own[first]?.guarded.length ?? 0) > 0) return undefined
  }
  return undefined
}

/** Whether all words stand among the others, none more often than there. */
function isWithin(words: string[], others: string[]): boolean {
  const left = [...others]
  return words.every(word => {
    const place = left.indexOf(word)
    if (place === -1) return false
    left.splice(place, 1)
    return true
  })
}
