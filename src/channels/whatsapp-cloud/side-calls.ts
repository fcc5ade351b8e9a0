import type { Client } from './client.ts'
import type { CloudOptions, Times } from './ports.ts'

/** The sign stays 25 seconds or until an answer; marking one message as read marks those before it. */
const AGAIN_MS = 4_000
const REMEMBERED = 10_000

/** Calls that nothing depends on: made at once, waited for by nobody, counted when they fail. */
export type SideCalls = {
  /** Shows a citizen that we heard and are writing, at most every four seconds. */
  showTyping(client: Client, person: string, wamid: string): void
  /** Resolves when none is under way. */
  ended(): Promise<void>
}

export function createSideCalls({
  counters,
  times,
}: Pick<CloudOptions, 'counters'> & { times: Times }): SideCalls {
  const shownAt = new Map<string, number>()
  const open = new Set<Promise<void>>()

  function begin(call: Promise<unknown>): void {
    const over = call
      .then(
        () => undefined,
        () => counters.add('whatsapp_cloud_side_calls_failed_total'),
      )
      .finally(() => open.delete(over))
    open.add(over)
  }

  return {
    showTyping(client, person, wamid) {
      const key = `${client.number.office} ${person}`
      const moment = performance.now()
      if (moment - (shownAt.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return
      if (shownAt.size >= REMEMBERED) shownAt.clear()
      shownAt.set(key, moment)
      const body = {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: wamid,
        typing_indicator: { type: 'text' },
      }
      begin(client.call(`${client.number.phone}/messages`, body, AbortSignal.timeout(times.call)))
    },
    async ended() {
      await Promise.all(open)
    },
  }
}
