import { randomInt } from 'node:crypto'

/** Minutes an anonymous report waits before the desk sees it, so that nobody matches it with a busy phone. */
const DELAY_MINUTES = { least: 5, most: 30 }

/** Milliseconds by chance. */
export function anonymousDelay(): number {
  return randomInt(DELAY_MINUTES.least * 60_000, DELAY_MINUTES.most * 60_000)
}
