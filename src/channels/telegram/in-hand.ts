import type { Update } from 'grammy/types'

/**
 * The updates we have been given and not yet confirmed. Telegram forgets everything below the offset that is asked for, so the
 * offset is the lowest that is not durably ours, however many later ones are.
 */
export function createInHand() {
  const taken = new Map<number, boolean>()
  let open = 0
  let wake: () => void = () => undefined

  return {
    /** How many are not durably ours yet. */
    open: () => open,

    /** Those of a batch we have not been given before, from now on in hand. */
    add(batch: readonly Update[]): Update[] {
      const fresh = batch.filter(({ update_id: id }) => !taken.has(id))
      for (const { update_id: id } of fresh) taken.set(id, false)
      open += fresh.length
      return fresh
    },

    /** This one is durably ours. */
    take(id: number): void {
      if (taken.get(id) !== false) return
      taken.set(id, true)
      open -= 1
      if (open === 0) wake()
    },

    /**
     * What to ask for next; undefined when everything was confirmed. Nothing is asked for then: after a quiet week Telegram
     * goes on with any number, also a lower one, and an old offset would throw away what comes under it.
     */
    offset(): number | undefined {
      let lowest: number | undefined
      let highest: number | undefined
      for (const [id, isTaken] of taken) {
        if (!isTaken && (lowest === undefined || id < lowest)) lowest = id
        if (highest === undefined || id > highest) highest = id
      }
      return lowest ?? (highest === undefined ? undefined : highest + 1)
    },

    /** Telegram was asked for this offset and answered: what lies below is forgotten on both sides. */
    confirmed(offset: number | undefined): void {
      if (offset === undefined) return
      for (const id of taken.keys()) if (id < offset) taken.delete(id)
    },

    /** Resolves when all are taken, or when `signal` aborts. */
    settled(signal: AbortSignal): Promise<void> {
      return new Promise(resolve => {
        wake = resolve
        if (open === 0 || signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
    },
  }
}

export type InHand = ReturnType<typeof createInHand>
