/** What a platform counts: messages in any second, by its own clock. */
export const SECOND_MS = 1_000
/** What has no answer for so long hangs: it would hold up everybody else. */
const HANGS_MS = 2_000
/** The quickest answer of so long is how far away the platform is; what takes longer waited somewhere. */
const QUICKEST_OF_MS = 30_000

/**
 * The last second as the platform may see it. It counts a message at some moment before its answer, and no later than its answer was
 * under way: the quickest answers tell how long that takes. So what stood still somewhere, and arrives all at once, is not followed by a
 * full second's worth more.
 */
export function createSecond(most: number) {
  let taken: number[] = []
  const underWay: number[] = []
  let [quickest, before, since] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0]

  return {
    begin(now: number): void {
      underWay.push(now)
    },
    /** One was answered, `ms` after it was begun. */
    end(now: number, ms: number): void {
      const off = underWay.map(begun => Math.abs(begun - (now - ms)))
      underWay.splice(off.indexOf(Math.min(...off)), 1)
      if (now - since > QUICKEST_OF_MS) [before, quickest, since] = [quickest, ms, now]
      quickest = Math.min(quickest, ms)
      taken.push(now - Math.min(quickest, before))
    },
    /** A call more that a message took. */
    add(now: number): void {
      taken.push(now)
    },
    /** When one more may be begun: now, or when enough of what is counted is counted no more. */
    freeAt(now: number): number {
      taken = taken.filter(at => at > now - SECOND_MS)
      const counted = [
        ...taken.map(at => at + SECOND_MS),
        ...underWay.map(at => at + HANGS_MS).filter(until => until > now),
      ]
      if (counted.length < most) return now
      return counted.toSorted((a, b) => a - b)[counted.length - most] ?? now
    },
  }
}
