import type { Queryable } from './db.ts'
import { type Status, WORKING } from './statuses.ts'

/**
 * Times of tickets come from messages, which may be late by a day; a change of yesterday is counted again. Between two such counts, the
 * changes since the last one alone, and what ran out within days: with a thousand changes a day the other would be ninety days a minute.
 */
const BACK = { whole: { change: '1 day', due: '100 years' }, quick: { change: '10 minutes', due: '3 days' } }
const working = WORKING.map((status: Status) => `'${status}'`).join(', ')

// One row of figures for each day, desk, kind and class in which something changed, or something is overdue by now.
const RECKON = `
with days as (
  select distinct (opened_at at time zone $2)::date as day from tickets
  where office = $1 and updated_at > coalesce($3::timestamptz, '-infinity') - $6::interval
  union
  select distinct (opened_at at time zone $2)::date from tickets
  where office = $1 and desk = any($4::text[]) and status in (${working}) and answer_due < $5::date
    and answer_due > $5::date - $7::interval
), facts as (
  select d.day, t.desk, t.kind, t.restricted or t.anonymous or t.confidential as closed, t.status, t.answer_due, t.closed_at,
    t.opened_at, t.anonymous, a.at as answered_at, coalesce(a.reopened, false) as reopened
  from days d join tickets t on t.office = $1
    and t.opened_at >= (d.day::timestamp at time zone $2) and t.opened_at < ((d.day + 1)::timestamp at time zone $2)
  left join lateral (
    select min(happened_at) filter (where type in ('replied', 'talked', 'resolved', 'declined', 'not_ours')) as at,
      bool_or(type in ('reopened', 'unsolved')) as reopened
    from ticket_events e where e.ticket_id = t.id
  ) a on true
)
insert into ticket_figures (office, day, desk, kind, class, received, in_time, late, reopened, ended, hours, loads)
select $1, day, desk, kind, case when closed then 'closed' else 'open' end, count(*),
  count(*) filter (where (answered_at at time zone $2)::date <= answer_due),
  count(*) filter (where (answered_at at time zone $2)::date > answer_due
    or (answered_at is null and answer_due < $5::date and status in (${working}))),
  count(*) filter (where reopened), count(closed_at),
  coalesce(array_agg((extract(epoch from answered_at - opened_at) / 3600)::int)
    filter (where answered_at is not null and not closed), '{}'),
  (select array_agg((select count(*) from unnest(array_agg(extract(hour from opened_at at time zone $2)::int)
    filter (where not closed)) h where h = n) order by n) from generate_series(0, 23) n)
from facts group by day, desk, kind, closed
on conflict (office, day, desk, kind, class) do update set received = excluded.received, in_time = excluded.in_time,
  late = excluded.late, reopened = excluded.reopened, ended = excluded.ended, hours = excluded.hours, loads = excluded.loads`

/** A first count over years of tickets is no page somebody waits for. */
const PATIENCE_MS = 600_000

/**
 * Counts again the days of an office in which something changed. A ticket that moved to another desk or class leaves its old row
 * behind as it was, so rows of those days are taken away first. Call it in a transaction.
 */
export async function reckonFigures(
  on: Queryable,
  office: { id: string; zone: string; desks: string[] },
  now: Date,
  how: keyof typeof BACK = 'whole',
): Promise<void> {
  const back = BACK[how]
  await on.query(`set local statement_timeout = ${PATIENCE_MS}`)
  const mark = `figures of ${office.id}`
  const { rows } = await on.query<{ value: string }>('select value from house where name = $1', [mark])
  const since = rows[0]?.value ?? null
  // Of all offices, which is the end of an index; of one that has had nothing for long it would be a walk through years.
  const { rows: newest } = await on.query<{ at: Date | null }>('select max(updated_at) as at from tickets')
  const today = `($1::timestamptz at time zone $2)::date`
  const { rows: days } = await on.query<{ today: string }>(`select ${today} as today`, [now, office.zone])
  await patiently(
    on,
    `delete from ticket_figures where office = $1 and day = any(array(
       select distinct (opened_at at time zone $2)::date from tickets
       where office = $1 and updated_at > coalesce($3::timestamptz, '-infinity') - $4::interval))`,
    [office.id, office.zone, since, back.change],
  )
  await patiently(on, RECKON, [
    office.id,
    office.zone,
    since,
    office.desks,
    days[0]?.today,
    back.change,
    back.due,
  ])
  const at = newest[0]?.at
  if (at !== null && at !== undefined)
    await on.query(
      'insert into house (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
      [mark, at.toISOString()],
    )
}

/** The driver waits as long as the server may take; its types do not know that it can. */
async function patiently(on: Queryable, text: string, values: unknown[]): Promise<void> {
  const patient = { text, values, query_timeout: PATIENCE_MS }
  await on.query(patient)
}

/** `today`: of closed reports only days before it count, since the restricted desk has yet to hear of some (`inbox/yet-to-hear.ts`). */
export type Span = {
  office: string
  from: string
  to: string
  today: string
  classes: string[]
  desks: string[]
}
export type Sums = { received: number; in_time: number; late: number; reopened: number; ended: number }
export type Row = Sums & { name: string }

const SUMS = `sum(received)::int as received, sum(in_time)::int as in_time, sum(late)::int as late,
  sum(reopened)::int as reopened, sum(ended)::int as ended`
const WHERE = `where office = $1 and day between $2::date and $3::date and class = any($4::text[]) and desk = any($5::text[])
  and (class <> 'closed' or day < $6::date)`
const valuesOf = ({ office, from, to, classes, desks, today }: Span) => [
  office,
  from,
  to,
  classes,
  desks,
  today,
]

/** Sums of a span by week (its Monday), desk or kind, in order. */
export async function figuresBy(on: Queryable, by: 'week' | 'desk' | 'kind', span: Span): Promise<Row[]> {
  const name = { week: `to_char(date_trunc('week', day), 'YYYY-MM-DD')`, desk: 'desk', kind: 'kind' }[by]
  const { rows } = await on.query<Row>(
    `select ${name} as name, ${SUMS} from ticket_figures ${WHERE} group by 1 order by 1`,
    valuesOf(span),
  )
  return rows
}

/** Median hours to the first answer of open tickets; null without any. */
export async function medianHours(on: Queryable, span: Span): Promise<number | null> {
  const { rows } = await on.query<{ median: number | null }>(
    `select percentile_disc(0.5) within group (order by h) as median from ticket_figures cross join unnest(hours) as h ${WHERE}`,
    valuesOf(span),
  )
  return rows[0]?.median ?? null
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** How many open tickets came in each hour of the day: 24 counts. */
export async function loadByHour(on: Queryable, span: Span): Promise<number[]> {
  const { rows } = await on.query<{ counts: number[] }>(
    `select array[${HOURS.map(hour => `coalesce(sum(loads[${hour + 1}]), 0)::int`).join(', ')}] as counts from ticket_figures ${WHERE}`,
    valuesOf(span),
  )
  return rows[0]?.counts ?? HOURS.map(() => 0)
}
