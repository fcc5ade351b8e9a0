import type { PoolClient } from 'pg'
import { didYouMean } from '../conversation/problem.ts'
import { localTime } from '../lib/local-time.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Db, transaction } from '../records/db.ts'
import { tryLockListings } from '../records/listing-changes.ts'
import type { ReadRequirement } from '../vacancies/read-education.ts'
import { FaultyTable, Notes } from './faulty-table.ts'
import { type Intake, intakeOf, type ListingTable, type Put, type Write } from './listing-tables.ts'
import { RowReader } from './row-reader.ts'
import { rowsInFile } from './rows-in-file.ts'

/** Rows of one statement: what lives as long as a statement is what the process grows by. */
const AT_ONCE = 300
/** An office has thousands; a table with more is of a whole country. */
const MOST_ROWS = 200_000

export type Importing = {
  db: Db
  office: { id: string; zone: string }
  requirementOf(written: string): ReadRequirement
  at: Date
  /** In whose name the versions are written. */
  by: string
  /** How rows are written; without it as they stand in the table. */
  write?: Write
  /** What belongs to it, in the same transaction, once every row is written. */
  finish?(client: PoolClient): Promise<void>
  /** Hears how many rows were read so far. */
  progress(rows: number): void
}

/** What came of it. `warnings` are the first of `warned`: nothing is wrong with those rows, but somebody should look. */
export type Imported = { read: number; changed: number; warnings: Notes }

/** Listings are being written by somebody else, for longer than a moment. */
export class Busy extends Refusal {}

/** What stops the writing so that nothing stays of it. */
class Stopped extends Error {}

/**
 * Takes a table of listings: all of it in one transaction, or none and a FaultyTable that names every fault by row and column. What is
 * as it was stays untouched. Rows are read and written as they come: a table takes no more room than a thousand of them.
 */
export async function importListings(
  importing: Importing,
  table: ListingTable,
  path: string,
): Promise<Imported> {
  const { db, office, at, by } = importing
  const [faults, warnings] = [new Notes(), new Notes()]
  const parts = partsOf(importing, intakeOf(table, importing.requirementOf, importing.write), path, {
    faults,
    warnings,
  })
  let [part, changed, read] = [await parts.next(), 0, 0]
  try {
    await transaction(db, async client => {
      if (!(await tryLockListings(client)))
        throw new Busy('Another table is being imported. Your move: try again in a minute.')
      for (; !part.done && faults.count === 0; part = await parts.next()) {
        changed += await part.value.put(client, office.id, { name: by, at })
        read = part.value.read
      }
      if (faults.count > 0) throw new Stopped()
      await importing.finish?.(client)
    })
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    // Nothing is written any more; what else is wrong is told all the same.
    while (!part.done) part = await parts.next()
    throw new FaultyTable(faults.first, faults.count)
  }
  if (read === 0) throw new Refusal('There is no row below the heading.')
  return { read, changed, warnings }
}

/** The rows of a file in parts, as ways of writing them; with the number of rows read by then. */
async function* partsOf(
  { office, at, progress }: Importing,
  intake: Intake,
  path: string,
  notes: { faults: Notes; warnings: Notes },
): AsyncGenerator<{ put: Put; read: number }> {
  const reading = { zone: office.zone, today: localTime(office.zone, at).slice(0, 10), ...notes }
  let columns: string[] | undefined
  let read = 0
  for await (const { number, cells, cut } of rowsInFile(path)) {
    if (columns === undefined) {
      columns = headingOf(intake, number, cells, notes.faults)
      // Without its columns every row would be wrong in the same way.
      if (notes.faults.count > 0) break
      continue
    }
    const row = new RowReader(number, new Map(columns.map((name, n) => [name, cells[n] ?? ''])), reading)
    intake.take(row)
    read += 1
    if (cut && cells.length < columns.length)
      row.fault(columns[cells.length] ?? '', 'is missing: the file ends within this row, as if cut off')
    if (cells.slice(columns.length).some(cell => cell.trim() !== ''))
      row.fault(columns.at(-1) ?? '', 'has more cells behind it than the heading has columns')
    if (read > MOST_ROWS)
      throw new Refusal(`There are more than ${MOST_ROWS} rows. Your move: several files.`)
    if (read % AT_ONCE === 0) yield { put: intake.put(), read }
    if (read % 5000 === 0) progress(read)
  }
  if (columns === undefined) throw new Refusal('The file is empty; its first row names the columns.')
  yield { put: intake.put(), read }
}

/** The names of a heading as ours: "Unit Kerja" is `unit_kerja`. Notes those nobody knows and those that lack. */
function headingOf({ columns, needs }: Intake, row: number, cells: string[], faults: Notes): string[] {
  const names = cells.map(cell =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  )
  while (names.at(-1) === '') names.pop()
  for (const [n, name] of names.entries()) {
    if (names.indexOf(name) !== n) faults.push({ row, column: name, what: 'stands there twice' })
    else if (!columns.includes(name))
      faults.push({
        row,
        column: name,
        what: `there is no such column.${didYouMean(name, [...columns])} There are ${columns.join(', ')}`,
      })
  }
  for (const column of needs.filter(one => !names.includes(one)))
    faults.push({ row, column, what: 'this column is missing' })
  return names
}
