import { compare, type Entry, type Given, NEED, strengthOf } from './entry.ts'
import type { Index } from './index.ts'
import { nearest } from './nearest.ts'
import type { Reading, Unit } from './terms.ts'

/** What each sign counts for in the order of articles; the order hardly changes with them. */
const SHARE = { covered: 0.5, phrasing: 0.25, both: 0.13, covers: 0.08, asked: 0.055 }

/** What speaks for an article; all shares are of mass, 0 to 1. */
export type Candidate = {
  article: string
  score: number
  /** How much of the question is in the article, anywhere. */
  covered: number
  /** How much of its best way of asking is in the question. */
  phrasing: number
  /** How much of the question its best way of asking has. */
  covers: number
  /** Both at once, for one way of asking: their geometric mean. */
  both: number
  /** 1: answers this kind of question; -1: another; 0: nothing asked, or nothing known. */
  asked: number
  /** For each unit of the question how far the article has it, 0 to 1, in order. */
  met: number[]
}

/** A unit of the question; `nowhere`: no article has it, not even in an answer. */
export type WeighedUnit = { unit: Unit; mass: number; nowhere: boolean }

export type Weighed = { candidates: Candidate[]; units: WeighedUnit[] }

/** The articles a question may be about, the likeliest first. */
export function weigh(index: Index, reading: Reading): Weighed {
  const units = reading.units.map(unit => ({
    unit,
    mass: massOfUnit(index, unit),
    nowhere: unit.terms.every(
      ({ term, strength }) => strength < 0.5 || (index.postings(term)?.sum ?? 0) === 0,
    ),
  }))
  const near = nearest(index, units)
  const given = give(index, units)
  const candidates = near.flatMap(number => {
    const entry = index.entry(number)
    return entry === undefined ? [] : [weighOne(index, reading, entry, units, given)]
  })
  for (const { unit } of units) for (const { term } of unit.terms) given.strengths[term] = 0
  candidates.sort((a, b) => b.score - a.score || (a.article < b.article ? -1 : 1))
  return { candidates, units }
}

function weighOne(
  index: Index,
  reading: Reading,
  entry: Entry,
  units: Weighed['units'],
  given: Given,
): Candidate {
  const met = units.map(({ unit }) => shareOf(unit, entry))
  let [has, lacks] = [0, 0]
  for (const [place, { unit, mass }] of units.entries()) {
    const share = met[place] ?? 0
    has += mass * share
    lacks += mass * (1 - share) * NEED[unit.kind]
  }
  const covered = has === 0 ? 0 : has / (has + lacks)
  let [phrasing, both, covers] = [0, 0, 0]
  for (const way of entry.phrasings) {
    const shares = compare(way, given, index.massOf)
    phrasing = Math.max(phrasing, shares.given)
    covers = Math.max(covers, shares.covers)
    both = Math.max(both, Math.sqrt(shares.given * shares.covers))
  }
  const asked = compareAsked(index, reading.asked, entry.asked)
  const score =
    SHARE.covered * covered +
    SHARE.phrasing * phrasing +
    SHARE.both * both +
    SHARE.covers * covers +
    SHARE.asked * asked
  return { article: entry.id, score, covered, phrasing, covers, both, asked, met }
}

function massOfUnit(index: Index, { kind, terms }: Unit): number {
  let most = 0
  for (const { term, strength } of terms) if (strength > 0.5) most = Math.max(most, index.massOf(term, kind))
  return most
}

function give(index: Index, units: Weighed['units']): Given {
  const { strengths, unitOf } = index.scratch.given(index.terms.size())
  for (const [place, { unit }] of units.entries()) {
    for (const { term, strength } of unit.terms) {
      if (strength <= (strengths[term] ?? 0)) continue
      strengths[term] = strength
      unitOf[term] = place
    }
  }
  const masses = Float64Array.from(units, ({ unit, mass }) => mass * NEED[unit.kind])
  return { strengths, unitOf, masses, mass: masses.reduce((sum, mass) => sum + mass, 0) }
}

function shareOf({ terms }: Unit, entry: Entry): number {
  let most = 0
  for (const { term, strength } of terms) most = Math.max(most, strength * strengthOf(entry, term))
  return most
}

/** Kinds of question both have, less those only the question has; "when" tells more than "may I". */
function compareAsked(index: Index, question: number[], article: number[]): number {
  if (question.length === 0 || article.length === 0) return 0
  let [both, all] = [0, 0]
  for (const kind of question) {
    const weight = index.lexicon.concepts[kind]?.weight ?? 1
    all += weight
    if (article.includes(kind)) both += weight
  }
  return (2 * both) / all - 1
}
