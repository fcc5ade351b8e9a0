import { type Arrival, whoseOf } from './arrival.ts'

/** Messages taken together at most. Larger batches only make the last one wait for the first. */
const BATCH = 96
/** Of one conversation at most: who writes a hundred messages at once waits for themselves, and nobody for them. */
const OF_ONE = 4

/**
 * What waits to be taken, in order. A batch never holds anything for a conversation that another batch is busy
 * with, nor anything that would overtake an earlier message of its own conversation.
 */
export type Queue<Item extends { arrival: Arrival }> = {
  readonly length: number
  add(item: Item): void
  /** The next batch; empty when everything that waits belongs to busy conversations. */
  next(): Item[]
  /** Takes out whatever fits the description, in order, busy or not. */
  remove(which: (item: Item) => boolean): Item[]
  /** A batch is over: its conversations are free again. */
  done(batch: Item[]): void
}

export function createQueue<Item extends { arrival: Arrival }>(): Queue<Item> {
  // Whose it is is worked out once: an item may be looked at in many rounds before its turn comes.
  let entries: { item: Item; whose: string }[] = []
  const busy = new Set<string>()
  return {
    get length() {
      return entries.length
    },
    add(item) {
      entries.push({ item, whose: whoseOf(item.arrival) })
    },
    next() {
      const batch: Item[] = []
      const rest: typeof entries = []
      const taken = new Map<string, number>()
      for (const entry of entries) {
        const { item, whose } = entry
        const before = taken.get(whose) ?? 0
        if (batch.length < BATCH && before < OF_ONE && !busy.has(whose)) {
          taken.set(whose, before + 1)
          batch.push(item)
        } else rest.push(entry)
      }
      entries = rest
      for (const whose of taken.keys()) busy.add(whose)
      return batch
    },
    remove(which) {
      const out = entries.filter(({ item }) => which(item))
      if (out.length > 0) entries = entries.filter(entry => !out.includes(entry))
      return out.map(({ item }) => item)
    },
    done(batch) {
      for (const { arrival } of batch) busy.delete(whoseOf(arrival))
    },
  }
}
