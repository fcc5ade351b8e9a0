import { localTime } from '../lib/local-time.ts'
import type { Db } from '../records/db.ts'
import type { Table } from './table.ts'

const COLUMNS = ['code', 'kind', 'desk', 'status', 'opened', 'answer_due', 'resolve_due', 'closed'] as const

type Ticket = {
  code: string
  kind: string
  desk: string
  status: string
  opened_at: Date
  answer_due: string | null
  resolve_due: string | null
  closed_at: Date | null
}

/** Tickets opened between two days of the office, without a word of anybody; what the restricted desk has is left out. */
export async function ticketsTable(
  db: Db,
  office: { id: string; zone: string },
  { from, to }: { from: string; to: string },
): Promise<Table> {
  const { rows } = await db.pool.query<Ticket>(
    `select code, kind, desk, status, opened_at, answer_due, resolve_due, closed_at from tickets
     where office = $1 and not (restricted or anonymous or confidential)
       and (opened_at at time zone $4)::date between $2::date and $3::date order by opened_at, code`,
    [office.id, from, to, office.zone],
  )
  const day = (at: Date | null) => (at === null ? '' : localTime(office.zone, at).slice(0, 10))
  return {
    columns: [...COLUMNS],
    rows: rows.map(one => [
      one.code,
      one.kind,
      one.desk,
      one.status,
      day(one.opened_at),
      one.answer_due ?? '',
      one.resolve_due ?? '',
      day(one.closed_at),
    ]),
  }
}
