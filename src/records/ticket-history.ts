import type { PoolClient } from 'pg'
import { localTime } from '../lib/local-time.ts'
import type { Status } from './statuses.ts'
import type { TicketRow } from './tickets.ts'

/** One line to write. `zone` is the office's: of an anonymous ticket the day there is kept. */
export type NewEvent = { type: string; visible: boolean; sealed: Buffer | null; at: Date; zone: string }

/**
 * Anonymous tickets keep days, not times: two clocks side by side would tell who wrote. The day is the office's, as
 * midnight of its zone: a report of six in the morning must not stand under yesterday.
 */
export function timeKept(zone: string, ticket: { anonymous: boolean }, at: Date): Date {
  if (!ticket.anonymous) return at
  const local = localTime(zone, at)
  return new Date(`${local.slice(0, 10)}T00:00:00${local.slice(19)}`)
}

/** Writes one line of a ticket's history, and the state it leads to, if it leads to one. */
export async function recordEvent(
  client: PoolClient,
  ticket: TicketRow,
  event: NewEvent,
  change: { status?: Status; desk?: string; reason?: string; takenBy?: Buffer | null } = {},
): Promise<void> {
  const at = timeKept(event.zone, ticket, event.at)
  await client.query(
    `with noted as (
       insert into ticket_events (ticket_id, type, visible, sealed, happened_at) values ($1, $2, $3, $4, $5)
     )
     update tickets set updated_at = $5, status = coalesce($6, status), desk = coalesce($7, desk),
       reason = case when $6 is null then reason else $8 end,
       taken_by = coalesce($9, taken_by),
       closed_at = case when $6 is null then closed_at
         when $6 in ('closed', 'not_ours', 'archived', 'withdrawn') then $5 else null end
     where id = $1`,
    [
      ticket.id,
      event.type,
      event.visible,
      event.sealed,
      at,
      change.status ?? null,
      change.desk ?? null,
      change.reason ?? null,
      change.takenBy ?? null,
    ],
  )
}

export type EventRow = { type: string; visible: boolean; sealed: Buffer | null; happened_at: Date }

/** A ticket's history in order; for the citizen without the notes of the desk. */
export async function historyOf(
  client: PoolClient,
  ticketId: string,
  whose: 'citizen' | 'desk',
): Promise<EventRow[]> {
  const { rows } = await client.query<EventRow>(
    `select type, visible, sealed, happened_at from ticket_events
     where ticket_id = $1 and (visible or $2 = 'desk') order by id`,
    [ticketId, whose],
  )
  return rows
}

/** When the office last answered or the ticket last ended; undefined while neither happened. */
export async function lastEnd(client: PoolClient, ticketId: string): Promise<Date | undefined> {
  const { rows } = await client.query<{ at: Date | null }>(
    `select max(happened_at) as at from ticket_events
     where ticket_id = $1 and type in ('replied', 'resolved', 'declined', 'not_ours', 'solved')`,
    [ticketId],
  )
  return rows[0]?.at ?? undefined
}
