import type { Queryable } from './db.ts'
import { ENDED, STATUSES, type Status, WORKING } from './statuses.ts'
import type { TicketRow } from './tickets.ts'

/** Which tickets of a desk: those the office is waited for, those that wait for the citizen, those answered, those that ended. */
export const SCOPES = {
  work: WORKING,
  waiting: ['waiting_citizen'],
  answered: ['answered'],
  ended: ENDED,
  all: STATUSES,
} as const satisfies Record<string, readonly Status[]>
export type Scope = keyof typeof SCOPES

export type Wanted = {
  office: string
  desks: string[]
  scope: Scope
  kind: string | undefined
  untaken: boolean
  /** The office's day: only what was due before it. */
  overdueOn: string | undefined
  from: string | undefined
  to: string | undefined
  offset: number
  limit: number
  /** Tickets their desk has yet to hear of, by id. */
  unheard: string[]
}

/** A ticket as a list shows it. `due`: the day the next promise runs out; null while none runs. */
export type ListedTicket = TicketRow & { due: string | null }

const listed = (statuses: readonly Status[]) => statuses.map(status => `'${status}'`).join(', ')

// One walk of the index a desk: the most urgent first where somebody waits, the newest first where nobody does.
const listOf = (scope: Scope) => `
select t.*, c.due from unnest($2::text[]) as d(desk) cross join lateral (
  select * from tickets where office = $1 and desk = d.desk and status in (${listed(SCOPES[scope])})
    and ($3::text is null or kind = $3) and (not $4 or taken_by is null)
    and ($5::date is null or least(answer_due, resolve_due) < $5)
    and ($6::timestamptz is null or opened_at >= $6) and ($7::timestamptz is null or opened_at < $7)
    and id <> all($10::uuid[])
  order by ${orderOf(scope)} limit $8::int + $9::int) t
left join lateral (
  select min(case k.name when 'answer' then t.answer_due else t.resolve_due end) as due
  from ticket_clocks k where k.ticket_id = t.id and not k.done and cardinality(k.turns) % 2 = 1
) c on true
order by ${orderOf(scope)} offset $8::int limit $9::int`

function orderOf(scope: Scope): string {
  return scope === 'ended' || scope === 'all' ? 'opened_at desc, id' : 'least(answer_due, resolve_due), id'
}

/** Tickets of these desks; one more than asked for tells that there are others. */
export async function workList(on: Queryable, wanted: Wanted): Promise<ListedTicket[]> {
  const { rows } = await on.query<ListedTicket>({
    name: `work-list-${wanted.scope}`,
    text: listOf(wanted.scope),
    values: [
      wanted.office,
      wanted.desks,
      wanted.kind ?? null,
      wanted.untaken,
      wanted.overdueOn ?? null,
      wanted.from ?? null,
      wanted.to ?? null,
      wanted.offset,
      wanted.limit,
      wanted.unheard,
    ],
  })
  return rows
}

export type Counts = { work: number; overdue: number; untaken: number; waiting: number; answered: number }

/** How much waits at these desks. By state, and added up here: each further condition on each of the rows would be the dearest part. */
export async function countWork(
  on: Queryable,
  { office, desks, today, unheard }: Pick<Wanted, 'office' | 'desks' | 'unheard'> & { today: string },
): Promise<Counts> {
  const { rows } = await on.query<{ status: Status; all: number; overdue: number; untaken: number }>({
    name: 'count-work',
    text: `select status, count(*)::int as all, count(*) filter (where least(answer_due, resolve_due) < $3)::int as overdue,
        count(*) filter (where taken_by is null)::int as untaken
      from tickets where office = $1 and desk = any($2::text[])
        and status in ('received', 'verifying', 'forwarded', 'in_progress', 'waiting_citizen', 'answered')
        and id <> all($4::uuid[]) group by status`,
    values: [office, desks, today, unheard],
  })
  const of = (status: Status) => rows.find(row => row.status === status)?.all ?? 0
  const worked = rows.filter(({ status }) => WORKING.includes(status))
  const sum = (name: 'all' | 'overdue' | 'untaken') => worked.reduce((all, row) => all + row[name], 0)
  return {
    work: sum('all'),
    overdue: sum('overdue'),
    untaken: sum('untaken'),
    waiting: of('waiting_citizen'),
    answered: of('answered'),
  }
}

/** These tickets as a list shows them, in the given order; those of other desks are left out. */
export async function listedById(
  on: Queryable,
  { office, desks, ids }: { office: string; desks: string[]; ids: string[] },
): Promise<ListedTicket[]> {
  const { rows } = await on.query<ListedTicket>(
    `select t.*, c.due from unnest($3::uuid[]) with ordinality as w(id, n) join tickets t on t.id = w.id
     left join lateral (
       select min(case k.name when 'answer' then t.answer_due else t.resolve_due end) as due
       from ticket_clocks k where k.ticket_id = t.id and not k.done and cardinality(k.turns) % 2 = 1
     ) c on true
     where t.office = $1 and t.desk = any($2::text[]) order by w.n`,
    [office, desks, ids],
  )
  return rows
}
