import { AGENDA_COLUMNS, AGENDA_NEEDS, agendaCells, readAgendaItem } from '../exchange/agenda-row.ts'
import type { ListingTable } from '../exchange/listing-tables.ts'
import type { RowReader } from '../exchange/row-reader.ts'
import { ROUND_COLUMNS, ROUND_NEEDS, readStage, stageCells } from '../exchange/stage-row.ts'
import { readVacancy, VACANCY_COLUMNS, VACANCY_NEEDS, vacancyCells } from '../exchange/vacancy-row.ts'
import type { DraftKind } from '../records/listing-drafts.ts'
import type { Identified } from '../records/listings.ts'
import type { ReadRequirement } from '../vacancies/read-education.ts'

/** A listing and, of a stage, the selection it belongs to. */
export type Whole = {
  [K in DraftKind]: { kind: K; listing: Identified<K>; round: Identified<'round'> | undefined }
}[DraftKind]

/** A kind of listing as pages have it: where it is, how it is called, and the table its form is a row of. */
export type ListingPages = {
  kind: DraftKind
  path: string
  name: { id: string; en: string }
  one: { id: string; en: string }
  table: ListingTable
  columns: readonly string[]
  needs: readonly string[]
  /** Columns that make its id, and stay as they are once it is there. */
  fixed: readonly string[]
}

export const LISTING_PAGES: Record<DraftKind, ListingPages> = {
  vacancy: {
    kind: 'vacancy',
    path: '/vacancies',
    name: { id: 'Lowongan', en: 'Vacancies' },
    one: { id: 'Lowongan baru', en: 'New vacancy' },
    table: 'vacancies',
    columns: VACANCY_COLUMNS,
    needs: VACANCY_NEEDS,
    fixed: ['kode'],
  },
  stage: {
    kind: 'stage',
    path: '/stages',
    name: { id: 'Tahapan seleksi', en: 'Selection stages' },
    one: { id: 'Tahap baru', en: 'New stage' },
    table: 'rounds',
    columns: ROUND_COLUMNS,
    needs: ROUND_NEEDS,
    fixed: ['seleksi', 'nama_seleksi', 'jenis', 'tahun', 'urutan'],
  },
  agenda: {
    kind: 'agenda',
    path: '/agenda',
    name: { id: 'Agenda', en: 'Agenda' },
    one: { id: 'Agenda baru', en: 'New event' },
    table: 'agenda',
    columns: AGENDA_COLUMNS,
    needs: AGENDA_NEEDS,
    fixed: ['kode'],
  },
}

/** The cells of a listing, by the columns of its table. */
export function cellsOf(whole: Whole): Record<string, string> {
  const { columns } = LISTING_PAGES[whole.kind]
  const cells = rowOf(whole)
  return Object.fromEntries(columns.map((column, n) => [column, cells[n] ?? '']))
}

function rowOf(whole: Whole): string[] {
  switch (whole.kind) {
    case 'vacancy':
      return vacancyCells(whole.listing)
    case 'agenda':
      return agendaCells(whole.listing)
    case 'stage':
      return stageCells(whole.round ?? roundless(whole.listing), whole.listing)
  }
}

/** A stage whose selection is missing can be read all the same. */
function roundless(stage: Identified<'stage'>): Identified<'round'> {
  return { ...stage, id: stage.round, name: stage.round, kind: 'other', year: 2000 }
}

/** Reads a form as the row of a table it is. */
export function readListing(
  kind: DraftKind,
  row: RowReader,
  requirementOf: (written: string) => ReadRequirement,
): Whole {
  switch (kind) {
    case 'vacancy':
      return { kind, listing: readVacancy(row, requirementOf), round: undefined }
    case 'agenda':
      return { kind, listing: readAgendaItem(row), round: undefined }
    case 'stage': {
      const { round, stage } = readStage(row)
      return { kind, listing: stage, round }
    }
  }
}

export function titleOf({ listing }: Whole): string {
  if ('position' in listing) return listing.position
  return 'title' in listing ? listing.title : listing.name
}
