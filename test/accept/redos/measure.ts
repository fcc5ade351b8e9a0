/**
 * Letters: twice as many each time, from a few words to six times the longest message. What doubles with each letter shows itself at
 * 24, in a fraction of a second; at 32 it took minutes.
 */
export const LENGTHS = Array.from({ length: 12 }, (_, n) => 12 * 2 ** n)
/** CPU time for one go, on whatever length. */
export const BOUND_MS = 50
/** What is eight times as long may cost so much more; what grows with the square costs 64 times. */
const [TIMES, GROWTH] = [3, 24]
/** Below it, the processor's own whims are larger than what is measured. */
const WHIM_MS = 20

export type Cost = { length: number; ms: number; growth: number }

/**
 * Lets `work` loose on text that grows, and gives what it cost when that is too much: over the bound, or growing faster than the
 * text. It stops at the first length that shows it, so even what doubles with each letter ends in time.
 */
export function tooDear(
  work: (text: string) => unknown,
  textOf: (length: number) => string,
): Cost | undefined {
  const costs: number[] = []
  for (const length of LENGTHS) {
    const text = textOf(length)
    const go = () => cpuOf(() => work(text))
    const before = Math.max(costs.at(-TIMES) ?? 0, WHIM_MS / 80)
    let ms = go()
    const isDear = () => ms > BOUND_MS || (ms > WHIM_MS && ms > GROWTH * before)
    for (let again = 0; again < 3 && isDear(); again += 1) ms = Math.min(ms, go())
    if (isDear()) return { length, ms, growth: ms / before }
    costs.push(ms)
  }
  return undefined
}

/** Of this thread alone: what others do on the same machine does not count. */
function cpuOf(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
