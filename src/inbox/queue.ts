import { type Arrival, whoseOf } from './arrival.ts'

/** Messages taken together at most. Larger batches only make the last one wait for the first. */
const BATCH = 96

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
  let items: Item[] = []
  const busy = new Set<string>()
  return {
    get length() {
      return items.length
    },
    add(item) {
      items.push(item)
    },
    next() {
      const batch: Item[] = []
      const rest: Item[] = []
      for (const item of items) {
        const fits = batch.length < BATCH && !busy.has(whoseOf(item.arrival))
        ;(fits ? batch : rest).push(item)
      }
      items = rest
      for (const { arrival } of batch) busy.add(whoseOf(arrival))
      return batch
    },
    remove(which) {
      const out = items.filter(which)
      if (out.length > 0) items = items.filter(item => !out.includes(item))
      return out
    },
    done(batch) {
      for (const { arrival } of batch) busy.delete(whoseOf(arrival))
    },
  }
}
