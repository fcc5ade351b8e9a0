import { BIAS, WEIGHTS } from './calibration.ts'
import type { Weighed } from './candidates.ts'
import { NEED } from './entry.ts'
import type { Lexicon } from './lexicon.ts'
import type { Reading } from './terms.ts'

/** What the confidence is read from; each is between -1 and 3, most between 0 and 1. */
export type Signs = {
  score: number
  covered: number
  phrasing: number
  both: number
  asked: number
  /** How far the first is ahead of the second. */
  ahead: number
  /** Mass of what was asked that the article has nothing of. */
  unmet: number
  /** The heaviest matter of the question that the article has nothing of. */
  worst: number
  /** The heaviest matter of the question that no article at all has. */
  nowhere: number
  /** Whether somebody else's matter is named that the article does not name. */
  elsewhere: number
  /** Mass of what the article has: one word alone tells little. */
  met: number
  /** Share of words the lexicon does not have. */
  strange: number
  long: number
}

/** What speaks for and against the first candidate; there must be one. */
export function signsOf(lexicon: Lexicon, reading: Reading, weighed: Weighed): Signs {
  const [first, second] = weighed.candidates
  if (first === undefined) throw new Error('there is no candidate to be sure of')
  const words = reading.words.filter(({ filler }) => !filler)
  let [met, unmet, worst, nowhere, elsewhere] = [0, 0, 0, 0, 0]
  for (const [place, { unit, mass, ...rest }] of weighed.units.entries()) {
    const share = first.met[place] ?? 0
    met += mass * share
    unmet += mass * (1 - share) * NEED[unit.kind]
    if (unit.kind !== 'concept') continue
    worst = Math.max(worst, mass * (1 - share))
    if (rest.nowhere) nowhere = Math.max(nowhere, mass)
    if (isForeign(lexicon, unit.terms[0]?.term) && share < 0.3) elsewhere = 1
  }
  return {
    score: first.score,
    covered: first.covered,
    phrasing: first.phrasing,
    both: first.both,
    asked: first.asked,
    ahead: Math.min(0.5, first.score - (second?.score ?? 0)),
    unmet: Math.min(3, unmet / 5),
    worst: worst / 5,
    nowhere: nowhere / 5,
    elsewhere,
    met: Math.min(1.5, met / 6),
    strange: words.length === 0 ? 0 : words.filter(({ known }) => !known).length / words.length,
    long: Math.min(1, words.length / 30),
  }
}

function isForeign(lexicon: Lexicon, term: number | undefined): boolean {
  const role = term === undefined ? undefined : lexicon.concepts[term]?.role
  return role === 'elsewhere' || role === 'refuse'
}

/** How likely the article is the right one, 0 to 1. */
export function confidence(signs: Signs): number {
  const sum = Object.entries(signs).reduce(
    (all, [name, sign]) => all + sign * WEIGHTS[name as keyof Signs],
    BIAS,
  )
  return 1 / (1 + Math.exp(-sum))
}
