import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds before the next try after so many failures in a row: doubled each time, spread by `chance` (0 to 1). */
export function backOff(
  failures: number,
  { firstPause, longestPause }: { firstPause: number; longestPause: number },
  chance: () => number,
): number {
  const longest = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 20))
  return longest * (0.5 + chance() / 2)
}

/** The longest pause of who waits for our own records: they mind no questions, and citizens wait for them to be back. */
const RECORDS_MS = 5_000

/** The same for what our own records, or a part of this program, are away for. */
export function backOffHere(failures: number, firstPause: number, chance: () => number): number {
  return backOff(failures, { firstPause, longestPause: Math.max(firstPause, RECORDS_MS) }, chance)
}

/** Waits, or less when `signal` aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
}
