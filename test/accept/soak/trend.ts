/** A sample: minutes since the beginning, and megabytes. */
export type Sample = { minute: number; mib: number }

/** The share of the time in which a program still warms up: what it then holds, it holds for good. */
const WARM = 1 / 3

/**
 * How memory grows, in megabytes a minute: the median of the slopes between all pairs of samples (Theil and Sen), so that one late
 * collection of garbage does not make a trend. Samples of the first third are left out.
 */
export function growth(samples: readonly Sample[]): { perMinute: number; mean: number; minutes: number } {
  const last = samples.at(-1)?.minute ?? 0
  const settled = samples.filter(({ minute }) => minute >= last * WARM)
  const slopes = settled.flatMap((one, n) =>
    settled.slice(n + 1).map(other => (other.mib - one.mib) / (other.minute - one.minute)),
  )
  const mean = settled.reduce((sum, { mib }) => sum + mib, 0) / Math.max(1, settled.length)
  return { perMinute: median(slopes), mean, minutes: last - (settled[0]?.minute ?? 0) }
}

/**
 * Flat: over the time that was measured it grew by less than a twentieth, or by less than `slack` MiB: what the allocator keeps, more or less
 * of it each time it is asked.
 */
export function isFlat(samples: readonly Sample[], slack = 12): boolean {
  const { perMinute, mean, minutes } = growth(samples)
  return perMinute * minutes < Math.max(slack, mean / 20)
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
