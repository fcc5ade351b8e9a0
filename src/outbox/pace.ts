/** How fast a channel may be spoken to: messages a second in all, and milliseconds between two to one address. */
export type Limits = { perSecond: number; perAddressMs: number }

/**
 * An even pace: each caller is given the next free moment, so messages leave one by one instead of in bursts
 * that a platform answers with 429. Addresses are forgotten once their next moment has passed.
 */
export function createPace(limits: Limits, now: () => number = () => performance.now()) {
  const gap = 1000 / limits.perSecond
  const nextAt = new Map<string, number>()
  let next = 0

  function forget(moment: number): void {
    for (const [address, at] of nextAt) if (at <= moment) nextAt.delete(address)
  }

  const isUnlimited = limits.perSecond === Number.POSITIVE_INFINITY && limits.perAddressMs === 0
  const firstFree = (address: string, moment: number) => Math.max(moment, next, nextAt.get(address) ?? 0)

  return {
    /** Milliseconds that `take` would give now; nothing is taken. */
    ahead(address: string): number {
      const moment = now()
      return isUnlimited ? 0 : firstFree(address, moment) - moment
    },
    /** Milliseconds to wait before sending to `address`; the moment is taken. */
    take(address: string): number {
      const moment = now()
      if (isUnlimited) return 0
      if (nextAt.size > 10_000) forget(moment)
      const at = firstFree(address, moment)
      next = at + gap
      nextAt.set(address, at + limits.perAddressMs)
      return at - moment
    },
  }
}

export type Pace = ReturnType<typeof createPace>
