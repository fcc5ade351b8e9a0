import { localTime } from '../lib/local-time.ts'
import type { Db } from '../records/db.ts'
import { listingsOf } from '../records/listings-of.ts'
import { AGENDA_COLUMNS, agendaCells } from './agenda-row.ts'
import type { ListingTable } from './listing-tables.ts'
import { refuseMore } from './most-rows.ts'
import { ROUND_COLUMNS, stageCells } from './stage-row.ts'
import type { Table } from './table.ts'
import { VACANCY_COLUMNS, vacancyCells } from './vacancy-row.ts'

/**
 * Listings of an office as the table an import takes: those that last on one of the days wanted, by the office's calendar. Taken in
 * again it changes nothing.
 */
export async function listingsTable(
  db: Db,
  office: { id: string; zone: string },
  table: ListingTable,
  span: { from: string; to: string; most?: number },
): Promise<Table> {
  const made = await wholeTable(db, office, table, span)
  refuseMore(made.rows.length, span.most)
  return made
}

async function wholeTable(
  db: Db,
  office: { id: string; zone: string },
  table: ListingTable,
  { from, to }: { from: string; to: string },
): Promise<Table> {
  const isWanted = (starts: string, ends: string) =>
    day(office.zone, starts) <= to && day(office.zone, ends) >= from
  switch (table) {
    case 'vacancies': {
      const all = await listingsOf(db.pool, office.id, 'vacancy')
      const wanted = all.filter(one => isWanted(one.opens_at, one.closes_at))
      return { columns: [...VACANCY_COLUMNS], rows: wanted.map(vacancyCells) }
    }
    case 'agenda': {
      const all = await listingsOf(db.pool, office.id, 'agenda')
      const wanted = all.filter(one => isWanted(one.starts_at, one.ends_at))
      return { columns: [...AGENDA_COLUMNS], rows: wanted.map(agendaCells) }
    }
    case 'rounds': {
      const rounds = new Map((await listingsOf(db.pool, office.id, 'round')).map(one => [one.id, one]))
      const stages = (await listingsOf(db.pool, office.id, 'stage')).toSorted(
        (a, b) => a.round.localeCompare(b.round) || a.place - b.place,
      )
      const rows = stages.flatMap(stage => {
        const round = rounds.get(stage.round)
        return round !== undefined && isWanted(stage.starts_at, stage.ends_at)
          ? [stageCells(round, stage)]
          : []
      })
      return { columns: [...ROUND_COLUMNS], rows }
    }
  }
}

function day(zone: string, at: string): string {
  return localTime(zone, new Date(at)).slice(0, 10)
}
