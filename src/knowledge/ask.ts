import { type Weighed, weigh } from './candidates.ts'
import { confidence, signsOf } from './confidence.ts'
import type { Index } from './index.ts'
import type { Lexicon } from './lexicon.ts'
import { partsOf } from './parts.ts'
import { type Reading, takeApart } from './terms.ts'

/**
 * A wrong answer costs as much as four missing ones, which asks for four fifths. It is more, because questions nobody has seen
 * are stranger than those the confidence was fitted to: on a set written last, 0.8 let 5 % wrong answers through, 0.9 3 %.
 */
export const SURE = 0.88
/** One question of several may be answered when the others are at least so sure. */
const PERHAPS = 0.5
/** Below this an article is not even suggested. */
const LIKELY = 0.1
/** Nor one so far behind the first. */
const NEAR = 0.55
const MOST_SUGGESTED = 3
const MOST_RANKED = 5

export type Ranked = { article: string; score: number }

/** What is said to a question. `answer` set: given; else up to three in `suggest`; neither: nothing is known. */
export type Reply = {
  answer: string | null
  suggest: string[]
  /** How likely the first article is the right one, 0 to 1. */
  confidence: number
  ranked: Ranked[]
  /** Answers to further questions in the same message. */
  also?: string[]
}

/** A question, or one of several in a message, and what was found for it. */
export type Heard = { reading: Reading; weighed: Weighed; sure: number }

export function ask(index: Index, text: string): Reply {
  return replyTo(hearAll(index, text))
}

/** The whole message first, then its questions when there are several. */
export function hearAll(index: Index, text: string): Heard[] {
  const reading = takeApart(index.lexicon, index.terms.known, text, index.mend)
  if (isSmallTalk(index.lexicon, reading)) return []
  const parts = partsOf(index.lexicon, reading)
  return [reading, ...(parts.length > 1 ? parts : [])].map(part => hear(index, part))
}

function hear(index: Index, reading: Reading): Heard {
  const weighed = weigh(index, reading)
  const sure = weighed.candidates.length === 0 ? 0 : confidence(signsOf(index.lexicon, reading, weighed))
  return { reading, weighed, sure }
}

export function replyTo([whole, ...parts]: Heard[]): Reply {
  if (whole === undefined) return { answer: null, suggest: [], confidence: 0, ranked: [] }
  const several = severalAnswers(whole, parts)
  if (several !== undefined) return several
  const ranked = rankedOf([whole])
  if (whole.sure >= SURE) return { answer: first(whole), suggest: [], confidence: whole.sure, ranked }
  return { answer: null, suggest: suggested(whole, parts), confidence: whole.sure, ranked }
}

/** When one of several questions is surely answered and the others at least likely; one alone may be an aside. */
function severalAnswers(whole: Heard, parts: Heard[]): Reply | undefined {
  if (parts.length === 0 || parts.some(({ sure }) => sure < PERHAPS)) return undefined
  const sure = parts.filter(part => part.sure >= SURE).toSorted((a, b) => b.sure - a.sure)
  const [answer, ...also] = [...new Set(sure.map(first))]
  if (answer === undefined || (also.length === 0 && whole.sure >= SURE)) return undefined
  const confidence = sure[0]?.sure ?? 0
  const ranked = rankedOf([...sure, whole])
  return { answer, suggest: [], confidence, ranked, ...(also.length > 0 ? { also } : {}) }
}

function first({ weighed }: Heard): string {
  return weighed.candidates[0]?.article ?? ''
}

/** The first of each, then the rest of the last. */
function rankedOf(heard: Heard[]): Ranked[] {
  const ranked = new Map<string, number>()
  for (const { weighed } of heard) {
    const [best] = weighed.candidates
    if (best !== undefined && !ranked.has(best.article)) ranked.set(best.article, best.score)
  }
  for (const { article, score } of heard.at(-1)?.weighed.candidates ?? []) {
    if (!ranked.has(article)) ranked.set(article, score)
  }
  return [...ranked].slice(0, MOST_RANKED).map(([article, score]) => ({ article, score }))
}

function suggested(whole: Heard, parts: Heard[]): string[] {
  const likely = parts.filter(({ sure }) => sure >= LIKELY * 2).map(first)
  const best = whole.weighed.candidates[0]?.score ?? 0
  const near = whole.weighed.candidates.filter(({ score }) => score >= NEAR * best)
  const own = whole.sure < LIKELY ? [] : near.map(({ article }) => article)
  return [...new Set([...likely, ...own])].slice(0, MOST_SUGGESTED)
}

/** Nothing but greetings, thanks and the like. */
function isSmallTalk(lexicon: Lexicon, { words, found }: Reading): boolean {
  const small = found.filter(({ concept }) => lexicon.concepts[concept]?.role === 'small')
  const inSmall = new Set(small.flatMap(({ places }) => places))
  return words.every(({ filler }, place) => filler || inSmall.has(place))
}
