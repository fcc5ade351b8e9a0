import { setTimeout as wait } from 'node:timers/promises'
import type { Times } from './ports.ts'

/** Milliseconds before the next try after so many failures in a row: doubled each time, spread by `chance` (0 to 1). */
export function backOff(
  failures: number,
  { firstPause, longestPause }: Pick<Times, 'firstPause' | 'longestPause'>,
  chance: () => number,
): number {
  const longest = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 20))
  return longest * (0.5 + chance() / 2)
}

/** Waits, or less when `signal` aborts; never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
}
