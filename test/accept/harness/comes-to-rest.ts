import { setTimeout as pause } from 'node:timers/promises'

/** Where so many things are open, it is asked less often. */
const MANY = 50

/**
 * Whether nothing is open any more. It is waited for as long as less and less is: `patienceMs` is how long it may stand still at its
 * fewest. So much work on a slow machine is late, and not lost. `open` answers undefined where it cannot be told now.
 */
export async function comesToRest(
  open: () => Promise<number | undefined>,
  patienceMs = 60_000,
): Promise<boolean> {
  let fewest = Number.POSITIVE_INFINITY
  let until = performance.now() + patienceMs
  while (performance.now() < until) {
    const now = await open()
    if (now === 0) return true
    if (now !== undefined && now < fewest) {
      fewest = now
      until = performance.now() + patienceMs
    }
    await pause(now === undefined ? 100 : now > MANY ? 200 : 10)
  }
  return false
}
