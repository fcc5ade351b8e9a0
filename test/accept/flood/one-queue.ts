import type { Queue } from '../../../src/inbox/queue.ts'

/** The wrong queue: one message after another over all chats and offices, as they came. */
export function createQueue<Item>(): Omit<Queue<never>, 'add' | 'next' | 'remove' | 'done'> & {
  add(item: Item): void
  next(): Item[]
  remove(): Item[]
  done(): void
} {
  const items: Item[] = []
  let isBusy = false
  return {
    get length() {
      return items.length
    },
    countOf: () => 0,
    add: item => void items.push(item),
    next() {
      if (isBusy) return []
      const batch = items.splice(0, 1)
      isBusy = batch.length > 0
      return batch
    },
    remove: () => [],
    done() {
      isBusy = false
    },
  }
}
