import type { PoolClient } from 'pg'

/** Writes one line into the history of each of many tickets, in one statement; visible to its citizen, no state changes. */
export async function recordEvents(
  client: PoolClient,
  events: { ticketId: string; type: string; sealed: Buffer | null; at: Date }[],
): Promise<void> {
  if (events.length === 0) return
  await client.query({
    name: 'record-events',
    text: `insert into ticket_events (ticket_id, type, visible, sealed, happened_at)
           select id, type, true, sealed, at from unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[])
             as e(id, type, sealed, at)`,
    values: [
      events.map(({ ticketId }) => ticketId),
      events.map(({ type }) => type),
      events.map(({ sealed }) => sealed),
      events.map(({ at }) => at),
    ],
  })
}
