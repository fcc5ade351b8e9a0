import type { Queryable } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { unpackArrival, type WaitingRow } from './arrival.ts'

/** Anonymous reports a desk has yet to hear of: filed (`opened`), or how many words were added to one by its receipt. */
export type YetToHear = { opened: ReadonlySet<string>; added: ReadonlyMap<string, number> }

/**
 * What an office's desks are told of only 5 to 30 minutes after it was written (guarantees §4.3). Pages must not show it before the
 * group does: whoever watches both a page and a room would know who just wrote. Which report is meant stands sealed in the
 * message that waits, and nowhere else; there are as many rows as anonymous reports of half an hour.
 */
export async function yetToHear(on: Queryable, sealing: Sealing, office: string): Promise<YetToHear> {
  // What is tried again waits as well; its desk may have heard of it.
  const { rows } = await on.query<WaitingRow>({
    name: 'yet-to-hear',
    text: `select id, office, channel, message_hash, sealed, attempts from inbox
           where status = 'pending' and due_at > now() and office = $1 and attempts = 0 and about is null`,
    values: [office],
  })
  const opened = new Set<string>()
  const added = new Map<string, number>()
  for (const row of rows) {
    const { type, what, ticketId } = unpackArrival(row, sealing).said
    if (type !== 'ticket_told' || typeof ticketId !== 'string') continue
    if (what === 'opened') opened.add(ticketId)
    if (what === 'added') added.set(ticketId, (added.get(ticketId) ?? 0) + 1)
  }
  return { opened, added }
}
