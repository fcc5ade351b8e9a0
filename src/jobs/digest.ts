import type { PoolClient } from 'pg'
import type { Digest } from '../desk/notice-text.ts'
import { wallTime } from '../lib/wall-time.ts'
import { addDays, weekdayOf } from '../lib/working-days.ts'
import { ENDED, STATUS_WORDS, STATUSES, type Status } from '../records/statuses.ts'

const OPEN = STATUSES.filter(status => !ENDED.includes(status))

/** Lines of the weekly list that are fetched; a message shows no more. */
const LISTED = 20

// An anonymous report of today may not have reached the desk: a count that changed before it did would tell when it was filed.
const WAITING = `
from tickets t left join lateral (
  select min(case c.name when 'answer' then t.answer_due else t.resolve_due end) as due
  from ticket_clocks c where c.ticket_id = t.id and not c.done and cardinality(c.turns) % 2 = 1
) d on true
where t.office = $1 and t.desk = $2 and t.status = any($3::text[]) and not (t.anonymous and t.opened_at >= $4)`

type Counts = Pick<Digest, 'open' | 'dueToday' | 'overdue' | 'untaken'>

/**
 * What waits at a desk, once a working day, with the list once a week and what citizens ask in vain; undefined when it was told
 * today or nothing waits.
 * Call it in the transaction that tells it.
 */
export async function digestOf(
  client: PoolClient,
  { office, desk, zone }: { office: string; desk: string; zone: string },
  now: Date,
  asked: (day: string) => Promise<Digest['asked']>,
): Promise<Digest | undefined> {
  const { day } = wallTime(zone, now)
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7))
  const { rows } = await client.query<{ listed: boolean }>(
    `insert into desk_digests (office, desk, told_on, listed_on) values ($1, $2, $3, $3)
     on conflict (office, desk) do update
       set told_on = $3, listed_on = case when desk_digests.listed_on >= $4 then desk_digests.listed_on else $3 end
     where desk_digests.told_on < $3
     returning listed_on = $3 as listed`,
    [office, desk, day, monday],
  )
  const [first] = rows
  if (first === undefined) return undefined
  const values = [office, desk, OPEN, new Date(now.getTime() - 86_400_000)]
  const { rows: counted } = await client.query<Counts>(
    `select count(*)::int as open, count(*) filter (where d.due = $5)::int as "dueToday",
       count(*) filter (where d.due < $5)::int as overdue,
       count(*) filter (where t.taken_by is null and t.status <> 'answered')::int as untaken ${WAITING}`,
    [...values, day],
  )
  const [counts] = counted
  const questions = await asked(day)
  if (counts === undefined || (counts.open === 0 && questions.length === 0)) return undefined
  return { day, ...counts, list: first.listed ? await weeklyList(client, values) : [], asked: questions }
}

async function weeklyList(client: PoolClient, values: unknown[]): Promise<Digest['list']> {
  const { rows } = await client.query<{ code: string; status: Status; due: string | null }>(
    `select t.code, t.status, d.due ${WAITING} order by d.due nulls last, t.opened_at, t.code limit ${LISTED}`,
    values,
  )
  return rows.map(({ code, status, due }) => ({ code, status: STATUS_WORDS[status].id, due }))
}
