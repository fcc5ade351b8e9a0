import { createSpeller } from '../knowledge/repair.ts'

/** Slots of the vacancies that have a word, in no order, so that one is put in or taken out without moving the others. */
class Slots {
  #slots = new Int32Array(2)
  size = 0

  put(slot: number): void {
    if (this.size === this.#slots.length) {
      const wide = new Int32Array(this.size * 2)
      wide.set(this.#slots)
      this.#slots = wide
    }
    this.#slots[this.size] = slot
    this.size += 1
  }

  take(slot: number): void {
    const place = this.#slots.subarray(0, this.size).indexOf(slot)
    if (place < 0) return
    this.size -= 1
    this.#slots[place] = this.#slots[this.size] ?? 0
  }

  addTo(counts: Uint8Array): void {
    for (let at = 0; at < this.size; at++) {
      const slot = this.#slots[at] ?? 0
      counts[slot] = (counts[slot] ?? 0) + 1
    }
  }
}

/** Which words stand in which vacancies, by slot. */
export class WordLists {
  readonly #lists = new Map<string, Slots>()
  readonly #bySlot = new Map<number, string[]>()
  readonly #speller = createSpeller()

  has(word: string): boolean {
    return this.#lists.has(word)
  }

  put(slot: number, words: string[]): void {
    this.#bySlot.set(slot, words)
    for (const word of words) {
      const slots = this.#lists.get(word) ?? new Slots()
      slots.put(slot)
      this.#lists.set(word, slots)
      this.#speller.add(word)
    }
  }

  remove(slot: number): void {
    for (const word of this.#bySlot.get(slot) ?? []) {
      const slots = this.#lists.get(word)
      slots?.take(slot)
      if (slots?.size === 0) this.#lists.delete(word)
      this.#speller.remove(word)
    }
    this.#bySlot.delete(slot)
  }

  /** How many of these words each of so many slots has; a word none has counts as the one it is near to. */
  count(wanted: readonly string[], size: number): Uint8Array {
    const counts = new Uint8Array(size)
    const meant = new Set(wanted.map(word => (this.has(word) ? word : (this.#speller.nearest(word) ?? ''))))
    for (const word of meant) this.#lists.get(word)?.addTo(counts)
    return counts
  }
}
