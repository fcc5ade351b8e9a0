import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { FaultyTable, Notes } from '../exchange/faulty-table.ts'
import { importListings } from '../exchange/import-listings.ts'
import { LISTING_TABLES, type ListingTable } from '../exchange/listing-tables.ts'
import { type Reviewed, reviewing } from '../exchange/reviewed.ts'
import { reviewArticles } from '../exchange/reviewed-articles.ts'
import type { Note } from '../exchange/row-reader.ts'
import { rowsInFile } from '../exchange/rows-in-file.ts'
import { writeCsv } from '../lib/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { requirementReader } from '../vacancies/read-education.ts'
import type { Seat } from './door.ts'

export const IMPORT_KINDS = [...LISTING_TABLES, 'articles'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** `faulty`: the first faults by row and column, `count` in all. Nothing is written then. */
export type Took =
  | { is: 'taken'; read: number; found: Reviewed; warnings: Notes }
  | { is: 'faulty'; notes: readonly Note[]; count: number }
  | { is: 'refused'; what: string }

type Table = { kind: ImportKind; bytes: Uint8Array; writes: boolean }

/** Takes a table in for somebody else to approve: all of it or nothing. `writes`: false says what it would change. */
export async function takeTable(seat: Seat, table: Table): Promise<Took> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-table-'))
  // Which of the two it is, its first bytes tell: an XLSX file is a ZIP archive.
  const isZip = table.bytes[0] === 0x50 && table.bytes[1] === 0x4b
  const path = join(folder, isZip ? 'table.xlsx' : 'table.csv')
  try {
    await writeFile(path, table.bytes, { mode: 0o600 })
    return table.kind === 'articles'
      ? await takeArticles(seat, await plainTable(path), table.writes)
      : await takeListings(seat, path, { kind: table.kind, writes: table.writes })
  } catch (error) {
    if (error instanceof FaultyTable) return { is: 'faulty', notes: error.notes, count: error.count }
    if (!(error instanceof Refusal)) throw error
    return { is: 'refused', what: error.message.replaceAll(path, '') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function takeListings(
  seat: Seat,
  path: string,
  { kind, writes }: { kind: ListingTable; writes: boolean },
): Promise<Took> {
  const { door, house, member } = seat
  const { write, found } = reviewing({ by: member.id, writes })
  const { read, warnings } = await importListings(
    {
      db: door.db,
      office: house.office,
      requirementOf: requirementReader(door.room.vacancies.education),
      at: door.now(),
      by: member.name,
      write,
      finish: client => (writes ? noteImport(seat, kind, client) : Promise.resolve()),
      progress: () => undefined,
    },
    kind,
    path,
  )
  return { is: 'taken', read, found, warnings }
}

/** Articles of an office are some hundred. */
const MOST_ARTICLES = 2000

/** The same table as CSV, read row by row: what a stranger's spreadsheet unpacks to is never held as a whole. */
async function plainTable(path: string): Promise<string> {
  const rows: string[][] = []
  for await (const { number, cells } of rowsInFile(path)) {
    if (rows.length > MOST_ARTICLES)
      throw new Refusal(`There are more than ${MOST_ARTICLES} rows. Your move: several files.`)
    // Empty rows are counted, so that a fault is found where it stands.
    while (rows.length < number - 1 && rows.length <= MOST_ARTICLES) rows.push([''])
    rows.push(cells)
  }
  const plain = `${path}.plain.csv`
  await writeFile(plain, writeCsv(rows), { mode: 0o600 })
  return plain
}

async function takeArticles(seat: Seat, path: string, writes: boolean): Promise<Took> {
  const { door, house, member } = seat
  return transaction(door.db, async client => {
    const { read, found } = await reviewArticles(client, path, {
      office: house.office.id,
      by: member.id,
      writes,
    })
    if (writes) await noteImport(seat, 'articles', client)
    return { is: 'taken', read, found, warnings: new Notes() }
  })
}

async function noteImport(
  { door, house, member }: Seat,
  kind: ImportKind,
  client: PoolClient,
): Promise<void> {
  const entry = { office: house.office.id, actor: member.id, action: 'table_imported', subject: kind }
  await note(client, door.room.sealing, entry, door.now())
}
