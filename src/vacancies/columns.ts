import { type Identified, SELECTION_KINDS } from '../records/listings.ts'

/** No bound: nobody is older. */
const NO_MAX = 255

/**
 * What a search looks at of each vacancy, by its slot: some bytes in a few large arrays, read directly since every search reads them
 * all. A vacancy that is gone closes before all time, and its slot is given to the next.
 */
export class Columns {
  ids: string[] = []
  /** Its place in SELECTION_KINDS. */
  kinds = new Uint8Array(64)
  ageMin = new Uint8Array(64)
  ageMax = new Uint8Array(64)
  opens = new Float64Array(64)
  closes = new Float64Array(64).fill(GONE)
  /** Which list of requirements it has. */
  asked = new Int32Array(64)
  readonly #slots = new Map<string, number>()
  readonly #free: number[] = []

  put(vacancy: Identified<'vacancy'>, asked: number): number {
    const slot = this.#slots.get(vacancy.id) ?? this.#free.pop() ?? this.ids.length
    if (slot === this.kinds.length) this.#grow()
    this.#slots.set(vacancy.id, slot)
    this.ids[slot] = vacancy.id
    this.asked[slot] = asked
    this.kinds[slot] = SELECTION_KINDS.indexOf(vacancy.kind)
    this.ageMin[slot] = vacancy.age_min ?? 0
    this.ageMax[slot] = vacancy.age_max ?? NO_MAX
    this.opens[slot] = Date.parse(vacancy.opens_at)
    this.closes[slot] = Date.parse(vacancy.closes_at)
    return slot
  }

  /** The slot it had; undefined when there was none. */
  remove(id: string): number | undefined {
    const slot = this.#slots.get(id)
    if (slot === undefined) return undefined
    this.#slots.delete(id)
    this.closes[slot] = GONE
    this.#free.push(slot)
    return slot
  }

  #grow(): void {
    const size = this.kinds.length * 2
    this.kinds = widened(new Uint8Array(size), this.kinds)
    this.ageMin = widened(new Uint8Array(size), this.ageMin)
    this.ageMax = widened(new Uint8Array(size), this.ageMax)
    this.opens = widened(new Float64Array(size), this.opens)
    this.closes = widened(new Float64Array(size).fill(GONE), this.closes)
    this.asked = widened(new Int32Array(size), this.asked)
  }
}

const GONE = Number.NEGATIVE_INFINITY

function widened<Column extends Uint8Array | Int32Array | Float64Array>(
  wide: Column,
  narrow: Column,
): Column {
  wide.set(narrow)
  return wide
}
