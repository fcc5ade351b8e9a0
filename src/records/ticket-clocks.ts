import type { PoolClient } from 'pg'
import type { Status } from './statuses.ts'

export type ClockName = 'answer' | 'resolve'

/** A clock as a new ticket gets it; `startedAt` is when the report was received, as it is kept. */
export type NewClock = {
  ticketId: string
  name: ClockName
  rule: string
  rests: readonly Status[]
  anew: boolean
  startedAt: Date
}

/** A clock with what has to be known of its ticket. `due` is the day that stands in the ticket now. */
export type ClockRow = {
  ticket_id: string
  name: ClockName
  rule: string
  turns: Date[]
  done: boolean
  stage: number
  moved_from: string | null
  due: string | null
  code: string
  desk: string
  ended: boolean
  taken: boolean
}

/** What reckoning found: written back to the clock, the day to its ticket. */
export type ClockState = Pick<ClockRow, 'ticket_id' | 'name' | 'done' | 'stage' | 'moved_from' | 'due'> & {
  nextAt: Date | null
}

// Tickets are locked, never clocks: whoever touches a clock holds its ticket. What a turn holds now is looked at a minute later.
const CLOCKS = `
select c.ticket_id, c.name, c.rule, c.turns, c.done, c.stage, c.moved_from,
  case c.name when 'answer' then t.answer_due else t.resolve_due end as due,
  t.code, t.desk, t.closed_at is not null as ended, t.taken_by is not null as taken
from ticket_clocks c join tickets t on t.id = c.ticket_id
where t.office = $1`

/** Clocks whose time to be looked at has come, the most urgent first. */
export async function clocksToLookAt(
  client: PoolClient,
  office: string,
  now: Date,
  limit: number,
): Promise<ClockRow[]> {
  const { rows } = await client.query<ClockRow>(
    `${CLOCKS} and c.next_at <= $2 order by c.next_at, c.ticket_id, c.name limit $3 for update of t skip locked`,
    [office, now, limit],
  )
  return rows
}

/** All clocks that may still come due, some at a time in the order of their tickets: those after `after`. */
export async function openClocks(
  client: PoolClient,
  office: string,
  after: string,
  limit: number,
): Promise<ClockRow[]> {
  const { rows } = await client.query<ClockRow>(
    `${CLOCKS} and t.closed_at is null and not c.done and t.id in (
       select id from tickets where office = $1 and closed_at is null and id > $2 order by id limit $3)
     order by c.ticket_id, c.name for update of t`,
    [office, after, limit],
  )
  return rows
}

/** Writes back what was reckoned; call it in the transaction that read the clocks. A due day of null leaves the one there is. */
export async function saveClocks(client: PoolClient, states: ClockState[]): Promise<void> {
  if (states.length === 0) return
  const column = <K extends keyof ClockState>(name: K) => states.map(state => state[name])
  await client.query(
    `with reckoned as (
       select * from unnest($1::uuid[], $2::text[], $3::bool[], $4::int[], $5::date[], $6::date[], $7::timestamptz[])
         as r(ticket_id, name, done, stage, moved_from, due, next_at)
     ), days as (
       update tickets t set answer_due = coalesce(d.answer, t.answer_due), resolve_due = coalesce(d.resolve, t.resolve_due)
       from (select ticket_id, max(due) filter (where name = 'answer') as answer,
               max(due) filter (where name = 'resolve') as resolve
             from reckoned group by ticket_id) d
       where t.id = d.ticket_id and (d.answer <> coalesce(t.answer_due, 'infinity')
         or d.resolve <> coalesce(t.resolve_due, 'infinity'))
     )
     update ticket_clocks c set done = r.done, stage = r.stage, moved_from = r.moved_from, next_at = r.next_at
     from reckoned r where c.ticket_id = r.ticket_id and c.name = r.name`,
    [
      column('ticket_id'),
      column('name'),
      column('done'),
      column('stage'),
      column('moved_from'),
      column('due'),
      column('nextAt'),
    ],
  )
}
