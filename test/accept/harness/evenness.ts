import type { Call } from '../../helpers/telegram/world.ts'

export type Evenness = {
  sent: number
  perSecond: number
  refusals: number
  /** The most that were taken in any second, and in any tenth of one. */
  mostInSecond: number
  mostIn100ms: number
  /** Standard deviation of the time between two, as a share of its mean. */
  gapCv: number
}

/** How evenly messages came to the platform, by its own clock. */
export function evennessOf(calls: readonly Call[]): Evenness {
  const sends = calls.filter(({ method }) => method === 'sendMessage')
  const times = sends.filter(({ answer }) => answer === 200).map(({ at }) => at)
  const gaps = times.slice(1).map((at, n) => at - (times[n] ?? at))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length
  return {
    sent: times.length,
    perSecond: round(1000 / mean),
    refusals: sends.length - times.length,
    mostInSecond: mostIn(times, 1000),
    mostIn100ms: mostIn(times, 100),
    gapCv: round(Math.sqrt(variance) / mean),
  }
}

function mostIn(times: readonly number[], ms: number): number {
  let [most, first] = [0, 0]
  for (const [n, at] of times.entries()) {
    while ((times[first] ?? at) <= at - ms) first += 1
    most = Math.max(most, n - first + 1)
  }
  return most
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
