import type { Rate } from '../../lib/limit.ts'

/** 50,000 senders remembered are a few megabytes; the one unheard the longest is forgotten first. */
const SENDERS = 50_000

export type Buckets = {
  /** Takes one; 0 when there was one, otherwise the whole seconds until there is. */
  take(sender: string): number
  /** How many senders are remembered. */
  size(): number
}

/** A token bucket per sender, in memory. `now` in milliseconds, from a clock that never jumps. */
export function createBuckets(rate: Rate, now: () => number = () => performance.now()): Buckets {
  const levels = new Map<string, { left: number; at: number }>()
  const fullAfterMs = (rate.burst / rate.perSecond) * 1000
  const take = (sender: string): number => {
    if (rate.burst === Infinity) return 0
    const at = now()
    const last = levels.get(sender)
    const refill = last === undefined ? 0 : ((at - last.at) / 1000) * rate.perSecond
    const left = Math.min(rate.burst, (last?.left ?? rate.burst) + refill)
    levels.delete(sender)
    levels.set(sender, { left: left >= 1 ? left - 1 : left, at })
    // A bucket that is full again says no more than none: only who asks now takes memory.
    for (const [oldest, { at: asked }] of levels) {
      if (at - asked < fullAfterMs) break
      levels.delete(oldest)
    }
    if (levels.size > SENDERS) forgetOldest(levels)
    return left >= 1 ? 0 : Math.ceil((1 - left) / rate.perSecond)
  }
  return { take, size: () => levels.size }
}

/** A map keeps the order of insertion: its first key is the oldest. */
export function forgetOldest(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}
