/** A vacancy found: its id, why it does not fit (bits of MISFITS, 0 when it does), and how many words of the search it has. */
export type Ranked = { id: string; misfits: number; found: number }

type Place = Ranked & { farness: number; opensLater: boolean; closes: number }

/** The `most` nearest of those offered: nearer first, then more words found, open before not yet open, closing sooner, and the id. */
export class Nearest {
  readonly #most: number
  readonly #kept: Place[] = []
  /** Nothing farther away can be kept. */
  farthest: number

  constructor(most: number) {
    this.#most = most
    this.farthest = most > 0 ? Number.POSITIVE_INFINITY : -1
  }

  /** Whether something like this could be kept. */
  takes(farness: number, found: number, opensLater: boolean, closes: number): boolean {
    const last = this.#kept[this.#most - 1]
    if (last === undefined) return this.#most > 0
    if (farness !== last.farness) return farness < last.farness
    if (found !== last.found) return found > last.found
    if (opensLater !== last.opensLater) return last.opensLater
    return closes <= last.closes
  }

  offer(place: Place): void {
    let at = this.#kept.length
    while (at > 0 && isBefore(place, this.#kept[at - 1] as Place)) at -= 1
    this.#kept.splice(at, 0, place)
    if (this.#kept.length > this.#most) this.#kept.pop()
    if (this.#kept.length === this.#most) this.farthest = this.#kept.at(-1)?.farness ?? this.farthest
  }

  ranked(): Ranked[] {
    return this.#kept.map(({ id, misfits, found }) => ({ id, misfits, found }))
  }
}

function isBefore(one: Place, other: Place): boolean {
  if (one.farness !== other.farness) return one.farness < other.farness
  if (one.found !== other.found) return one.found > other.found
  if (one.opensLater !== other.opensLater) return other.opensLater
  if (one.closes !== other.closes) return one.closes < other.closes
  return one.id < other.id
}
