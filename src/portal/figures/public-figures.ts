import { localTime } from '../../lib/local-time.ts'
import type { Office } from '../../offices/office.ts'
import type { Queryable } from '../../records/db.ts'
import { type Counted, hideSmall, LEAST, type Told } from './hide-small.ts'

/** A year of months, the newest first; what is closed stands in whole years alone, of all its kinds together. */
export type PublicFigures = { months: Told[]; years: { year: string; closed: number | null }[] }

const MONTHS = 12

/**
 * An office's figures for everybody, of months and years that are over: a number that grew by one since yesterday would tell of one
 * report.
 */
export async function publicFigures(on: Queryable, office: Office, now: Date): Promise<PublicFigures> {
  const month = localTime(office.zone, now).slice(0, 7)
  const { rows } = await on.query<Counted>(
    `select to_char(day, 'YYYY-MM') as month, kind, sum(received)::int as received, sum(in_time)::int as in_time,
       sum(late)::int as late, sum(ended)::int as ended
     from ticket_figures
     where office = $1 and class = 'open' and day < ($2 || '-01')::date
       and day >= ($2 || '-01')::date - $3 * interval '1 month'
     group by 1, 2 order by 1 desc, 2`,
    [office.id, month, MONTHS],
  )
  const { rows: years } = await on.query<{ year: string; closed: number }>(
    `select to_char(day, 'YYYY') as year, sum(received)::int as closed from ticket_figures
     where office = $1 and class = 'closed' and day < date_trunc('year', ($2 || '-01')::date) group by 1 order by 1 desc`,
    [office.id, month],
  )
  return {
    months: hideSmall(rows),
    years: years.map(({ year, closed }) => ({ year, closed: closed >= LEAST ? closed : null })),
  }
}
