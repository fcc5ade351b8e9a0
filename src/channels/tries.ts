/** Tries of what fails by a fault of ours. */
const TRIES = 5
const REMEMBERED = 10_000

/**
 * Counts how often each thing was tried that a platform delivers again: after the fifth time it is left out, so that it holds up nobody
 * for ever.
 */
export function createTries(): {
  /** After a failure: how many there were of this key, the last of them `left out`, or to be tried again. */
  failed(key: string): { attempts: number; leftOut: boolean }
  forget(key: string): void
} {
  const tries = new Map<string, number>()
  return {
    failed(key) {
      const attempts = (tries.get(key) ?? 0) + 1
      if (tries.size >= REMEMBERED) tries.clear()
      const leftOut = attempts >= TRIES
      if (leftOut) tries.delete(key)
      else tries.set(key, attempts)
      return { attempts, leftOut }
    },
    forget: key => void tries.delete(key),
  }
}
