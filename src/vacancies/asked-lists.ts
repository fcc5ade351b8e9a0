import type { ReadRequirement, Requirement } from './read-education.ts'

/**
 * What announcements ask of education: each written requirement once, and each list of them once, by number. Thousands of vacancies ask
 * for the same. The lists lie behind each other in one array, since fetching fifty thousand from all over memory took two milliseconds.
 */
export class AskedLists {
  readonly #requirementOf: (written: string) => ReadRequirement
  readonly #requirements: Requirement[] = []
  readonly #numbers = new Map<string, number>()
  readonly #listNumbers = new Map<string, number>()
  #listed = new Int32Array(64)
  /** Where each list begins in it; the last is where the next will. */
  #starts = new Int32Array(64)

  constructor(requirementOf: (written: string) => ReadRequirement) {
    this.#requirementOf = requirementOf
  }

  /** The number of a list. What cannot be read is asked of nobody; no import lets it in. */
  listOf(education: readonly string[]): number {
    const numbers = education.flatMap(written => this.#numberOf(written) ?? [])
    const key = numbers.toSorted((a, b) => a - b).join()
    const known = this.#listNumbers.get(key)
    if (known !== undefined) return known
    const list = this.#listNumbers.size
    const start = this.#starts[list] ?? 0
    this.#listed = withRoom(this.#listed, start + numbers.length)
    this.#listed.set(numbers, start)
    this.#starts = withRoom(this.#starts, list + 2)
    this.#starts[list + 1] = start + numbers.length
    this.#listNumbers.set(key, list)
    return list
  }

  #numberOf(written: string): number | undefined {
    const known = this.#numbers.get(written)
    if (known !== undefined) return known
    const read = this.#requirementOf(written)
    if (!('requirement' in read)) return undefined
    const number = this.#requirements.push(read.requirement) - 1
    this.#numbers.set(written, number)
    return number
  }

  /** The verdict on each list: as good as that on the best of its requirements. */
  judge(verdictOn: (requirement: Requirement) => number): Uint8Array {
    const verdicts = Uint8Array.from(this.#requirements, verdictOn)
    const [listed, starts] = [this.#listed, this.#starts]
    const judged = new Uint8Array(this.#listNumbers.size)
    for (let list = 0, at = 0; list < judged.length; list++) {
      let best = 0
      for (const end = starts[list + 1] ?? 0; at < end; at++) {
        const verdict = verdicts[listed[at] ?? 0] ?? 0
        if (verdict > best) best = verdict
      }
      judged[list] = best
    }
    return judged
  }
}

function withRoom(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= array.length) return array
  const wide = new Int32Array(size * 2)
  wide.set(array)
  return wide
}
