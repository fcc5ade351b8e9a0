import type { Claimed } from './claim.ts'

/** Several cards as one text, from a line for each. */
export type WriteCrowd = (briefs: readonly string[]) => string

/** Cards that leave as one message, first to last, and what it says. */
export type Crowd = { cards: Claimed[]; text: string }

/**
 * `left`: what the minute still takes. `more`: further cards wait in the records. `most`: characters of one message. `at`: now, by
 * `performance.now`.
 */
type Room = { left: number; more: boolean; most: number; at: number; write: WriteCrowd }

/** One alone is no crowd. */
const FEWEST = 2

/**
 * The cards at the head of a chat that should leave as one message: when more wait than the minute still takes (`left`), as many
 * as one message holds. What has no brief ends the crowd, so that nothing overtakes anything. Undefined when each can leave
 * for itself.
 */
export function crowdAt(queue: readonly Claimed[], { left, more, most, at, write }: Room): Crowd | undefined {
  const end = queue.findIndex(card => !mayShare(card, at))
  const waiting = end === -1 ? queue.slice() : queue.slice(0, end)
  // The first has its turn already. A card may take two calls where it needs a topic first.
  const fits = waiting.length - 1 <= Math.floor(left / 2)
  if (fits && (!more || left === Number.POSITIVE_INFINITY)) return undefined
  for (let count = waiting.length; count >= FEWEST; count -= 1) {
    const cards = waiting.slice(0, count)
    const text = write(cards.map(({ brief }) => brief))
    if (text.length <= most) return { cards, text }
  }
  return undefined
}

/** Whether a line may stand for it now: later its claim could end before the message is out. */
function mayShare({ brief, partsSent, edits, until }: Claimed, at: number): boolean {
  return brief !== '' && partsSent === 0 && edits === null && until >= at
}
