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

  return {
    /** Milliseconds to wait before sending to `address`; the moment is taken. */
    take(address: string): number {
      const moment = now()
      if (limits.perSecond === Number.POSITIVE_INFINITY && limits.perAddressMs === 0) return 0
      if (nextAt.size > 10_000) forget(moment)
      const at = Math.max(moment, next, nextAt.get(address) ?? 0)
      next = at + gap
      nextAt.set(address, at + limits.perAddressMs)
      return at - moment
    },
  }
}

export type Pace = ReturnType<typeof createPace>
