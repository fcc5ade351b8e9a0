import type { Lexicon } from './lexicon.ts'
import type { Reading, Unit } from './terms.ts'

/** More questions than this in one message are not told apart. */
const MOST = 4
/** Words that begin another question: "… dan kapan …". */
const JOINS = new Set([
  'dan',
  'terus',
  'trus',
  'lalu',
  'sama',
  'serta',
  'plus',
  'sekalian',
  'juga',
  'kemudian',
])

/**
 * The questions in a message, in order: each asks something and names a matter. A message with one question, or none that
 * can be told, is one part: itself.
 */
export function partsOf(lexicon: Lexicon, reading: Reading): Reading[] {
  const whole = [reading]
  const pieces = cuts(reading).map(([from, to]) => between(lexicon, reading, from, to))
  if (pieces.length < 2) return whole
  const parts: Reading[] = []
  for (const piece of pieces) {
    const before = parts.at(-1)
    if (before !== undefined && !(isQuestion(before) && isQuestion(piece))) {
      parts[parts.length - 1] = joined(before, piece)
    } else parts.push(piece)
  }
  return parts.length > 1 && parts.length <= MOST && parts.every(isQuestion) ? parts : whole
}

/** Places where a sentence or clause ends, or a joining word stands, as ranges between them. */
function cuts({ words }: Reading): [number, number][] {
  const starts = words.flatMap(({ clause, word }, place) =>
    place === 0 || clause !== words[place - 1]?.clause || JOINS.has(word) ? [place] : [],
  )
  return starts.map((start, n) => [start, starts[n + 1] ?? words.length])
}

function between(lexicon: Lexicon, reading: Reading, from: number, to: number): Reading {
  const inside = ({ places }: { places: number[] }) => places.some(place => place >= from && place < to)
  const found = reading.found.filter(inside)
  const asked = found.filter(({ concept }) => lexicon.concepts[concept]?.role === 'asked')
  return {
    words: reading.words.slice(from, to),
    found,
    units: reading.units.filter(inside),
    asked: [...new Set(asked.map(({ concept }) => concept))],
  }
}

function joined(a: Reading, b: Reading): Reading {
  return {
    words: [...a.words, ...b.words],
    found: [...a.found, ...b.found],
    units: [...new Set<Unit>([...a.units, ...b.units])],
    asked: [...new Set([...a.asked, ...b.asked])],
  }
}

function isQuestion({ asked, units }: Reading): boolean {
  return asked.length > 0 && units.some(({ kind }) => kind === 'concept')
}
