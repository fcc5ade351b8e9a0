import { localTime } from '../lib/local-time.ts'
import { maskPersonal } from '../lib/mask.ts'
import type { Db } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { openFields, ticketKey } from '../records/ticket-words.ts'
import { askFor, refuseMore } from './most-rows.ts'
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

/** Tickets opened between two days of the office, without a word of anybody; what the restricted desk has is left out. A Refusal beyond `most`. */
export async function ticketsTable(
  db: Db,
  office: { id: string; zone: string },
  { from, to, most }: { from: string; to: string; most?: number },
): Promise<Table> {
  const { rows } = await db.pool.query<Ticket>(
    `select code, kind, desk, status, opened_at, answer_due, resolve_due, closed_at from tickets
     where office = $1 and not (restricted or anonymous or confidential)
       and (opened_at at time zone $4)::date between $2::date and $3::date order by opened_at, code limit $5`,
    [office.id, from, to, office.zone, askFor(most)],
  )
  refuseMore(rows.length, most)
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

type Worded = Pick<Ticket, 'code' | 'kind' | 'desk' | 'status' | 'opened_at'> & {
  id: string
  wrapped_key: Buffer | null
  fields: Buffer | null
}

/** What citizens wrote between two days at these desks, masked as on a card and without who wrote it; nothing restricted. */
export async function reportsTable(
  db: Db,
  sealing: Sealing,
  office: { id: string; zone: string },
  { from, to, desks, most }: { from: string; to: string; desks: string[]; most?: number },
): Promise<Table> {
  const { rows } = await db.pool.query<Worded>(
    `select id, code, kind, desk, status, opened_at, wrapped_key, fields from tickets
     where office = $1 and desk = any($5::text[]) and not (restricted or anonymous or confidential)
       and opened_at >= ($2::date::timestamp at time zone $4) and opened_at < (($3::date + 1)::timestamp at time zone $4)
     order by opened_at, code limit $6`,
    [office.id, from, to, office.zone, desks, askFor(most)],
  )
  refuseMore(rows.length, most)
  return {
    columns: ['code', 'kind', 'desk', 'status', 'opened', 'report', 'place'],
    rows: rows.map(one => {
      const key = ticketKey(sealing, one.id, one.wrapped_key)
      const { description = '', place = '' } = openFields(sealing, key, one.id, one.fields)
      const day = localTime(office.zone, one.opened_at).slice(0, 10)
      return [one.code, one.kind, one.desk, one.status, day, maskPersonal(description), maskPersonal(place)]
    }),
  }
}
