import type { Queryable } from '../records/db.ts'
import { putListings } from '../records/listing-changes.ts'
import type { Identified, ListingKind } from '../records/listings.ts'
import type { ReadRequirement } from '../vacancies/read-education.ts'
import { AGENDA_COLUMNS, AGENDA_NEEDS, readAgendaItem } from './agenda-row.ts'
import type { RowReader } from './row-reader.ts'
import { differs, ROUND_COLUMNS, ROUND_NEEDS, readStage } from './stage-row.ts'
import { readVacancy, VACANCY_COLUMNS, VACANCY_NEEDS } from './vacancy-row.ts'

export const LISTING_TABLES = ['vacancies', 'agenda', 'rounds'] as const
export type ListingTable = (typeof LISTING_TABLES)[number]

/** Writes some rows; gives how many of them are new or changed. */
export type Put = (client: Queryable, office: string, by: { name: string; at: Date }) => Promise<number>

/** How listings of one kind are written; gives how many of them are new or changed. */
export type Write = <K extends ListingKind>(
  client: Queryable,
  kind: K,
  office: string,
  listings: Identified<K>[],
  by: { name: string; at: Date },
) => Promise<number>

/** As they stand in the table, approved where it says so. */
const asTheyStand: Write = async (...args) => (await putListings(...args)).length

/** One kind of table while it is read: rows are taken one by one, and `put` writes those taken since it was last called for. */
export type Intake = {
  columns: readonly string[]
  /** Columns a table cannot do without. */
  needs: readonly string[]
  take(row: RowReader): void
  put(): Put
}

/** An intake for one file. */
export function intakeOf(
  table: ListingTable,
  requirementOf: (written: string) => ReadRequirement,
  write: Write = asTheyStand,
): Intake {
  switch (table) {
    case 'vacancies':
      return simple('vacancy', VACANCY_COLUMNS, VACANCY_NEEDS, row => readVacancy(row, requirementOf), write)
    case 'agenda':
      return simple('agenda', AGENDA_COLUMNS, AGENDA_NEEDS, readAgendaItem, write)
    case 'rounds':
      return rounds(write)
  }
}

function simple<K extends 'vacancy' | 'agenda'>(
  kind: K,
  columns: readonly string[],
  needs: readonly string[],
  read: (row: RowReader) => Identified<K>,
  write: Write,
): Intake {
  const once = onlyOnce()
  let taken: Identified<K>[] = []
  return {
    columns,
    needs,
    take(row) {
      const listing = read(row)
      once(row, 'kode', listing.id)
      taken.push(listing)
    },
    put() {
      const rows = taken
      taken = []
      return (client, office, by) => write(client, kind, office, rows, by)
    },
  }
}

function rounds(write: Write): Intake {
  const once = onlyOnce()
  const known = new Map<string, Identified<'round'>>()
  let [fresh, taken]: [Identified<'round'>[], Identified<'stage'>[]] = [[], []]
  return {
    columns: ROUND_COLUMNS,
    needs: ROUND_NEEDS,
    take(row) {
      const { round, stage } = readStage(row)
      once(row, 'urutan', stage.id)
      const before = known.get(round.id)
      const other = before && differs(before, round)
      if (other !== undefined) row.fault(other, `is not as in the rows of "${round.id}" above`)
      if (before === undefined) {
        known.set(round.id, round)
        fresh.push(round)
      }
      taken.push(stage)
    },
    put() {
      const [newRounds, stages] = [fresh, taken]
      ;[fresh, taken] = [[], []]
      return async (client, office, by) => {
        await write(client, 'round', office, newRounds, by)
        return write(client, 'stage', office, stages, by)
      }
    },
  }
}

/** Notes a row whose name stands in the table already. */
function onlyOnce(): (row: RowReader, column: string, id: string) => void {
  const seen = new Map<string, number>()
  return (row, column, id) => {
    const before = seen.get(id)
    if (before !== undefined && !row.failed(column))
      row.fault(column, `"${id}" stands in row ${before} already`)
    else seen.set(id, row.row)
  }
}
