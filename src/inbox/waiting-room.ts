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
/** Held in memory at most, two batches: in a rush of reports the desks are told later, and memory does not grow with what they have yet to hear. */
const HELD = 192

/** What stands in the inbox already, taken in once at a time; nobody is waiting for an answer. */
export function createWaitingRoom(parts: {
  db: Db
  sealing: Sealing
  log: Log
  add(arrival: Arrival): Promise<Receipt>
}) {
  const { log, add } = parts
  const rows = new Set<number>()
  let held = 0
  // More stands in the inbox than is held: only what was looked up there is taken, the oldest first, until nothing is left.
  let isBehind = false
  let isLooking = false
  let poll: NodeJS.Timeout | undefined
  let isClosed = false

  function take(arrival: Arrival): void {
    const row = arrival.row?.id
    if (row !== undefined) {
      if (rows.has(row)) return
      rows.add(row)
    }
    held += 1
    add(arrival)
      .catch((error: unknown) => log.warn('a waiting message could not be taken', faultOf(error)))
      .finally(() => {
        held -= 1
        if (row !== undefined) rows.delete(row)
        if (isBehind && held === LOOK) void look()
      })
  }

  async function look(): Promise<void> {
    if (isLooking || isClosed) return
    isLooking = true
    clearTimeout(poll)
    try {
      // Those in hand stand there as well.
      const most = LOOK + held
      const arrivals = await waitingArrivals(parts, most)
      isBehind = arrivals.length === most
      for (const arrival of arrivals) take(arrival)
    } catch (error) {
      log.warn('waiting messages could not be looked for', faultOf(error))
    }
    isLooking = false
    if (!isClosed) poll = setTimeout(look, POLL_MS).unref()
  }

  return {
    /** Takes one in whose row is known to be there; when many wait already, later. */
    hold(arrival: Arrival): void {
      if (held >= HELD) isBehind = true
      if (!isBehind) take(arrival)
    },
    /** Begins to look for others. */
    open: () => void look(),
    close(): void {
      isClosed = true
      clearTimeout(poll)
    },
  }
}
