import type { Office } from '../offices/office.ts'
import type { Surveys } from '../offices/read-surveys.ts'
import type { Db } from '../records/db.ts'
import type { Education } from '../vacancies/education.ts'
import { requirementReader } from '../vacancies/read-education.ts'
import { articlesTable, importArticles } from './articles.ts'
import type { Notes } from './faulty-table.ts'
import { importListings } from './import-listings.ts'
import { LISTING_TABLES, type ListingTable } from './listing-tables.ts'
import { listingsTable } from './listings-table.ts'
import { importResponses, responsesTable } from './responses.ts'
import type { Table } from './table.ts'
import { ticketsTable } from './tickets.ts'

/** The first and last day wanted, by the office's calendar, and how many rows may come of them; without it all. */
export type Span = { from: string; to: string; most?: number }

/** A file to be brought in. `education` reads how it is written, when that is needed. */
export type Given = {
  db: Db
  path: string
  office: Office
  education(): Education
  surveys(): Surveys
  progress(rows: number): void
}

/** How many there were, how many of them were new or changed, and what somebody should look at. */
export type Taken = { read: number; changed: number; warnings?: Notes }

const listings = (table: ListingTable) => (given: Given) =>
  importListings(
    { ...given, requirementOf: requirementReader(given.education()), at: new Date(), by: 'import' },
    table,
    given.path,
  )

/** What can be brought in from a file: the whole of it or nothing. */
export const IMPORTS: Record<string, (given: Given) => Promise<Taken>> = {
  articles: ({ db, path, office }) => importArticles(db, path, office.id),
  responses: ({ db, path, office, surveys }) => importResponses(db, path, office.id, surveys()),
  ...Object.fromEntries(LISTING_TABLES.map(table => [table, listings(table)])),
}

/** What can be taken out as a table. */
export const EXPORTS: Record<string, (db: Db, office: Office, span: Span) => Promise<Table>> = {
  articles: (db, office) => articlesTable(db, office.id),
  tickets: (db, office, span) => ticketsTable(db, office, span),
  ...Object.fromEntries(
    LISTING_TABLES.map(table => [
      table,
      (db: Db, office: Office, span: Span) => listingsTable(db, office, table, span),
    ]),
  ),
  responses: (db, office, span) => responsesTable(db, office.id, span),
}
