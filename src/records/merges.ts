import type { PoolClient } from 'pg'

// All that joining changes is kept as it was: the state, the desk, the days and the clocks.
const JOIN = `
with kept as (
  insert into merges (ticket_id, before)
  select t.id, jsonb_build_object('status', t.status, 'desk', t.desk, 'reason', t.reason, 'closed_at', t.closed_at,
    'answer_due', t.answer_due, 'resolve_due', t.resolve_due,
    'clocks', (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from ticket_clocks c where c.ticket_id = t.id))
  from tickets t where t.id = $1 and t.merged_into is null
  returning ticket_id
), stopped as (
  update ticket_clocks set done = true, next_at = null where ticket_id in (select ticket_id from kept)
)
update tickets t set merged_into = $2, desk = i.desk, status = 'archived', reason = 'duplikat', closed_at = $3, updated_at = $3
from tickets i where i.id = $2 and t.id in (select ticket_id from kept)`

/**
 * Joins a ticket to another of the same matter. It stands still from now on: no clock, no work; its citizen follows the
 * other. Both must be locked, and `into` must not be joined to anything itself.
 */
export async function joinTicket(
  client: PoolClient,
  ticketId: string,
  into: string,
  at: Date,
): Promise<void> {
  await client.query(JOIN, [ticketId, into, at])
}

const PART = `
with kept as (
  delete from merges where ticket_id = any($1::uuid[]) returning ticket_id, before
), clocks as (
  update ticket_clocks c set rule = r.rule, rests = r.rests, anew = r.anew, turns = r.turns, done = r.done,
    stage = r.stage, next_at = r.next_at, moved_from = r.moved_from
  from kept cross join lateral jsonb_populate_recordset(null::ticket_clocks, kept.before -> 'clocks') r
  where c.ticket_id = kept.ticket_id and c.name = r.name
)
update tickets t set merged_into = null, status = w.status, desk = w.desk, reason = w.reason, closed_at = w.closed_at,
  answer_due = w.answer_due, resolve_due = w.resolve_due, updated_at = $2
from kept cross join lateral jsonb_to_record(kept.before)
  as w(status text, desk text, reason text, closed_at timestamptz, answer_due date, resolve_due date)
where t.id = kept.ticket_id`

/** Makes joined tickets again just what they were before: state, desk, days, clocks. Those joined to them stay with them. */
export async function partTickets(client: PoolClient, ticketIds: string[], at: Date): Promise<void> {
  if (ticketIds.length > 0) await client.query(PART, [ticketIds, at])
}

/** The tickets joined to these directly. */
export async function joinedTo(client: PoolClient, ticketIds: string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select id from tickets where merged_into = any($1::uuid[]) order by id for update',
    [ticketIds],
  )
  return rows.map(({ id }) => id)
}

/** A citizen follows no longer: the ticket is taken back for good, and what it was before is forgotten. */
export async function leaveJoined(client: PoolClient, ticketId: string): Promise<void> {
  await client.query(
    `with gone as (delete from merges where ticket_id = $1)
     update tickets set merged_into = null, reason = null where id = $1`,
    [ticketId],
  )
}
