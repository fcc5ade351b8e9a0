import type { PoolClient } from 'pg'
import { localTime } from '../lib/local-time.ts'
import { ENDED, type Status, WORKING } from './statuses.ts'
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

const listed = (statuses: readonly Status[]) => `(${statuses.map(status => `'${status}'`).join(', ')})`
const [working, ended] = [listed(WORKING), listed(ENDED)]

// The state, and with it the clocks: the first answer ends one, the end of the ticket both; a state a clock rests in stops it,
// any other sets it going. A due day that has to be reckoned anew is not shown until it was, within a minute.
const RECORD = `
with noted as (
  insert into ticket_events (ticket_id, type, visible, sealed, happened_at) values ($1, $2, $3, $4, $5)
), changed as (
  update tickets set updated_at = $5, status = coalesce($6, status), desk = coalesce($7, desk),
    reason = case when $6 is null then reason else $8 end,
    taken_by = coalesce($9, taken_by),
    closed_at = case when $6 is null then closed_at when $6 in ${ended} then $5 else null end,
    answer_due = case when $6 in ${working} and status not in ${working} then null else answer_due end,
    resolve_due = case when $6 in ${working} and status not in ${working} then null else resolve_due end
  where id = $1 returning id
)
update ticket_clocks c set
  done = now.done,
  turns = case
    when $2 = 'reopened' and anew then array[$5::timestamptz]
    when now.runs <> (cardinality(turns) % 2 = 1) then turns || greatest($5, turns[cardinality(turns)])
    else turns end,
  stage = case when $2 = 'reopened' and anew then 0 else stage end,
  next_at = $5
from changed cross join lateral (
  select k.ticket_id, k.name, d.done, not d.done and not ($6 = any(k.rests)) as runs
  from ticket_clocks k cross join lateral (
    select case when $6 in ${ended} then true when $2 = 'reopened' then false
      else k.done or (k.name = 'answer' and $6 = 'answered') end as done) d
  where k.ticket_id = changed.id) now
where c.ticket_id = now.ticket_id and c.name = now.name and $6 is not null`

/** Writes one line of a ticket's history, and the state it leads to, if it leads to one; its clocks follow. */
export async function recordEvent(
  client: PoolClient,
  ticket: TicketRow,
  event: NewEvent,
  change: { status?: Status; desk?: string; reason?: string; takenBy?: Buffer | null } = {},
): Promise<void> {
  const at = timeKept(event.zone, ticket, event.at)
  const values = [
    ticket.id,
    event.type,
    event.visible,
    event.sealed,
    at,
    change.status ?? null,
    change.desk ?? null,
    change.reason ?? null,
    change.takenBy ?? null,
  ]
  await client.query({ name: 'record-event', text: RECORD, values })
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
