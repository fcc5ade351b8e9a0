import { type Arrival, isStored, whoseOf } from './arrival.ts'

/** Messages taken together at most. Larger batches only make the last one wait for the first. */
const BATCH = 96
/** Of one conversation at most: who writes a hundred messages at once waits for themselves, and nobody for them. */
const OF_ONE = 4
/** What the house tells a desk comes of as many citizens: it is nobody's flood, and cards should not fall behind reports. */
const TOLD_TO_ONE = 24

/**
 * What waits to be taken, in order for each conversation; offices take turns, so that one which thousands write to at once keeps no
 * other waiting. A batch never holds anything for a conversation that another batch is busy with, nor anything that would
 * overtake an earlier message of its own conversation.
 */
export type Queue<Item extends { arrival: Arrival }> = {
  readonly length: number
  /** Messages that stand nowhere else yet, of one office or of all. */
  countOf(office?: string): number
  add(item: Item): void
  /** The next batch; empty when everything that waits belongs to busy conversations. */
  next(): Item[]
  /** Takes out whatever fits the description, in order, busy or not. */
  remove(which: (item: Item) => boolean): Item[]
  /** A batch is over: its conversations are free again. */
  done(batch: Item[]): void
}

type Entry<Item> = { item: Item; whose: string }

export function createQueue<Item extends { arrival: Arrival }>(): Queue<Item> {
  // Whose it is is worked out once: an item may be looked at in many rounds before its turn comes.
  const lines = new Map<string, Entry<Item>[]>()
  const busy = new Set<string>()
  // By office, kept as they come and go: it is asked with every message, and hundreds may wait.
  const unstored = new Map<string, number>()

  function count({ arrival }: Item, by: 1 | -1): void {
    if (!isStored(arrival)) unstored.set(arrival.office, (unstored.get(arrival.office) ?? 0) + by)
  }

  function keep(office: string, rest: Entry<Item>[]): void {
    // Out and in again: who was served goes to the end of the offices, so that a full batch leaves out each in turn.
    lines.delete(office)
    if (rest.length > 0) lines.set(office, rest)
  }

  return {
    get length() {
      let sum = 0
      for (const line of lines.values()) sum += line.length
      return sum
    },
    countOf(office) {
      if (office !== undefined) return unstored.get(office) ?? 0
      return [...unstored.values()].reduce((sum, count) => sum + count, 0)
    },
    add(item) {
      count(item, 1)
      const { office } = item.arrival
      const entry = { item, whose: whoseOf(item.arrival) }
      const line = lines.get(office)
      if (line === undefined) lines.set(office, [entry])
      else line.push(entry)
    },
    next() {
      const batch: Item[] = []
      const taken = new Map<string, number>()
      const mayGo = ({ whose, item }: Entry<Item>) =>
        !busy.has(whose) && (taken.get(whose) ?? 0) < (item.arrival.told ? TOLD_TO_ONE : OF_ONE)
      let offices = [...lines].map(([office, line]) => ({ office, line, at: 0, rest: [] as Entry<Item>[] }))
      const all = offices
      while (batch.length < BATCH && offices.length > 0) {
        for (const one of offices) {
          if (batch.length === BATCH) break
          let entry = one.line[one.at]
          while (entry !== undefined && !mayGo(entry)) {
            one.rest.push(entry)
            one.at += 1
            entry = one.line[one.at]
          }
          if (entry === undefined) continue
          taken.set(entry.whose, (taken.get(entry.whose) ?? 0) + 1)
          batch.push(entry.item)
          count(entry.item, -1)
          one.at += 1
        }
        offices = offices.filter(({ line, at }) => at < line.length)
      }
      for (const { office, line, at, rest } of all)
        if (at > rest.length) keep(office, [...rest, ...line.slice(at)])
      for (const whose of taken.keys()) busy.add(whose)
      return batch
    },
    remove(which) {
      const out: Item[] = []
      for (const [office, line] of [...lines]) {
        const rest = line.filter(({ item }) => {
          if (!which(item)) return true
          out.push(item)
          count(item, -1)
          return false
        })
        if (rest.length < line.length) keep(office, rest)
      }
      return out
    },
    done(batch) {
      for (const { arrival } of batch) busy.delete(whoseOf(arrival))
    },
  }
}
