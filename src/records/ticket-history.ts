import type { PoolClient } from 'pg'
import type { Status } from './statuses.ts'
import type { TicketRow } from './tickets.ts'

export type NewEvent = { type: string; visible: boolean; sealed: Buffer | null; at: Date }

/** Anonymous tickets keep days, not times: two clocks side by side would tell who wrote. */
export function timeKept(ticket: { anonymous: boolean }, at: Date): Date {
  return ticket.anonymous ? new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())) : at
}

/** Writes one line of a ticket's history, and the state it leads to, if it leads to one. */
export async function recordEvent(
  client: PoolClient,
  ticket: TicketRow,
  event: NewEvent,
  change: { status?: Status; desk?: string; reason?: string; takenBy?: Buffer | null } = {},
): Promise<void> {
  const at = timeKept(ticket, event.at)
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
