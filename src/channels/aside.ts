/** How often a sign that we write is shown anew: Telegram's stays five seconds, Meta's twenty-five or until an answer. */
const AGAIN_MS = 4_000
const REMEMBERED = 10_000

/** Calls that nothing depends on: made at once, waited for by nobody, counted when they fail. */
export type Aside = {
  begin(call: Promise<unknown>): void
  /** The same of a sign, at most every four seconds for each `key`. */
  show(key: string, call: () => Promise<unknown>): void
  /** Resolves when none is under way. */
  ended(): Promise<void>
}

export function createAside(failed: () => void): Aside {
  const shownAt = new Map<string, number>()
  const open = new Set<Promise<void>>()

  function begin(call: Promise<unknown>): void {
    const over = call.then(() => undefined, failed).finally(() => open.delete(over))
    open.add(over)
  }

  return {
    begin,
    show(key, call) {
      const moment = performance.now()
      if (moment - (shownAt.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return
      if (shownAt.size >= REMEMBERED) shownAt.clear()
      shownAt.set(key, moment)
      begin(call())
    },
    async ended() {
      await Promise.all(open)
    },
  }
}
