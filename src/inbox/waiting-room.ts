import type { Receipt } from '../channels/channel.ts'
import { faultOf, type Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'
import { waitingArrivals } from './waiting.ts'

/** Rows looked up in one go. */
const LOOK = 96
/** How often waiting rows are looked for: what another process told, what is to be tried again. */
const POLL_MS = 1_000

/** What stands in the inbox already, taken in once at a time; nobody is waiting for an answer. */
export function createWaitingRoom(parts: {
  db: Db
  sealing: Sealing
  log: Log
  add(arrival: Arrival): Promise<Receipt>
}) {
  const { log, add } = parts
  const held = new Set<number>()
  let poll: NodeJS.Timeout | undefined
  let isClosed = false

  function hold(arrival: Arrival): void {
    const row = arrival.row?.id
    if (row !== undefined) {
      if (held.has(row)) return
      held.add(row)
    }
    add(arrival)
      .catch((error: unknown) => log.warn('a waiting message could not be taken', faultOf(error)))
      .finally(() => {
        if (row !== undefined) held.delete(row)
      })
  }

  async function look(): Promise<void> {
    try {
      for (const arrival of await waitingArrivals(parts, LOOK)) hold(arrival)
    } catch (error) {
      log.warn('waiting messages could not be looked for', faultOf(error))
    }
    if (!isClosed) poll = setTimeout(look, POLL_MS).unref()
  }

  return {
    /** Takes one in whose row is known to be there. */
    hold,
    /** Begins to look for others. */
    open: () => void look(),
    close(): void {
      isClosed = true
      clearTimeout(poll)
    },
  }
}
