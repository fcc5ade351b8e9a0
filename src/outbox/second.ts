/** What a platform counts: messages in any second, by its own clock. */
const SECOND_MS = 1_000
/** What has no answer for so long hangs: it would hold up everybody else. */
const HANGS_MS = 2_000
/** How fast the usual time of an answer follows slower ones; quicker ones it follows at once. */
const FOLLOWS = 0.01

/**
 * The last second as the platform may see it. It counts a message at some moment before its answer: as long before as answers usually
 * take. So what stood still somewhere, and arrives all at once, is not followed by a full second's worth more.
 */
export function createSecond(most: number) {
  let taken: number[] = []
  const underWay: number[] = []
  let usual = Number.POSITIVE_INFINITY

  return {
    begin(now: number): void {
      underWay.push(now)
    },
    /** One was answered, `ms` after it was begun. */
    end(now: number, ms: number): void {
      const off = underWay.map(begun => Math.abs(begun - (now - ms)))
      underWay.splice(off.indexOf(Math.min(...off)), 1)
      usual = ms < usual ? ms : usual + (ms - usual) * FOLLOWS
      taken.push(now - Math.min(ms, usual))
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
