/** A message that waits for its turn in the pace of a channel, until a moment of the clock. */
export type Waiter = {
  address: string
  /** The lower, the earlier. */
  urgency: number
  until: number
  /** Whether it belongs to a chat that wrote on without waiting for an answer; that may change while it waits. */
  hurries(): boolean
  go(mayGo: boolean): void
}

/** One turn in so many is for whoever has waited longest, hurrying or not: nobody is put off for ever. */
const FOR_ALL = 4

/**
 * Whose turn it is. Many chats that flood one bot have theirs behind everybody who waits for an answer: of those who are ready, in their
 * order, it is the first that does not hurry, among those as urgent as the first of all.
 */
export function createOrder() {
  let turns = 0
  return {
    next(ready: readonly Waiter[]): Waiter | undefined {
      const [first] = ready
      if (first === undefined) return undefined
      turns += 1
      if (turns % FOR_ALL === 0 || !first.hurries()) return first
      return ready.find(one => one.urgency === first.urgency && !one.hurries()) ?? first
    },
  }
}
