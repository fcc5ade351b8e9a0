import { hearAll } from './ask.ts'
import type { Index } from './index.ts'
import type { Role } from './lexicon.ts'

/** "Boleh bawa kucing ke kantor?" is about the office: what is somebody else's must be more than half of what a question says. */
const ABOUT = 0.5

/** "Kapan", "berapa", greetings: they say nothing of the matter. */
const ASKING: ReadonlySet<Role | undefined> = new Set<Role>(['asked', 'small'])

/**
 * Whom to ask instead, in the lexicon's words (`referral`), when a question is about a matter of another agency; the one named
 * first. Empty when it is not, when nobody wrote down who answers for it, and for what insults or gives orders.
 */
export function elsewhere(index: Index, text: string): string {
  const { concepts } = index.lexicon
  const [whole] = hearAll(index, text)
  const named = (whole?.reading.found ?? []).filter(({ inner }) => !inner)
  if (named.some(({ concept }) => concepts[concept]?.role === 'refuse')) return ''
  const places = named.filter(({ concept }) => (concepts[concept]?.referral ?? '') !== '')
  const covered = new Set(places.flatMap(one => one.places))
  const asks = named.filter(({ concept }) => ASKING.has(concepts[concept]?.role))
  const inAsking = new Set(asks.flatMap(one => one.places))
  const said = (whole?.reading.words ?? []).flatMap(({ filler, faint }, place) =>
    covered.has(place) || !(filler || faint || inAsking.has(place)) ? [place] : [],
  )
  if (covered.size <= ABOUT * said.length) return ''
  const [first] = places.toSorted((a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0))
  return first === undefined ? '' : (concepts[first.concept]?.referral ?? '')
}
