import type { Office } from '../offices/office.ts'
import type { Surveys } from '../offices/read-surveys.ts'
import type { Db } from '../records/db.ts'
import { articlesTable, importArticles } from './articles.ts'
import { importResponses, responsesTable } from './responses.ts'
import type { Table } from './table.ts'
import { ticketsTable } from './tickets.ts'

/** The first and last day wanted, by the office's calendar. */
export type Span = { from: string; to: string }

/** What can be brought in from a file: the whole of it or nothing. Gives how many there were and how many of them were new. */
export const IMPORTS: Record<
  string,
  (db: Db, path: string, office: Office, surveys: Surveys) => Promise<{ read: number; changed: number }>
> = {
  articles: (db, path, office) => importArticles(db, path, office.id),
  responses: (db, path, office, surveys) => importResponses(db, path, office.id, surveys),
}

/** What can be taken out as a table. */
export const EXPORTS: Record<string, (db: Db, office: Office, span: Span) => Promise<Table>> = {
  articles: (db, office) => articlesTable(db, office.id),
  tickets: (db, office, span) => ticketsTable(db, office, span),
  responses: (db, office, span) => responsesTable(db, office.id, span),
}
