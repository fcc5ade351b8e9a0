import { phrase } from './phrase.ts'
import { say, type Taking } from './taking.ts'

/**
 * Counts the messages of the minute that is on the citizen's clock; true for those beyond what the house hears in one. They are
 * told so once, by the first that is too many. Nothing that stands open is touched.
 */
export function isTooMany(taking: Taking): boolean {
  const { state, book, at } = taking
  const of = at.slice(0, 16)
  const count = state.minute?.of === of ? state.minute.count + 1 : 1
  const warned = state.minute?.of === of && state.minute.warned
  state.minute = { of, count, ...(warned ? { warned } : {}) }
  const { minute: most } = book.house.flood
  if (count === most + 1) say(taking, phrase(taking, 'flooded'))
  return count > most
}
