import { join } from 'node:path'
import { writeCsvLine } from '../lib/csv.ts'
import type { Queryable } from '../records/db.ts'
import type { JsonRow } from '../records/sealed-columns.ts'
import type { Sealing } from '../records/sealing.ts'
import { type HouseTable, leavingColumns } from './house-tables.ts'
import { AS_CSV } from './left-out.ts'
import type { Manifest } from './manifest.ts'
import { type Hidden, openRows } from './open-rows.ts'
import { writeLines } from './write-lines.ts'

/** Writes one table into `tables/`: JSON lines, and CSV where people open it in a spreadsheet. */
export async function writeTable(
  client: Queryable,
  sealing: Sealing,
  table: HouseTable,
  { folder, hidden }: { folder: string; hidden: Hidden },
): Promise<Manifest['tables'][number]> {
  const columns = leavingColumns(table).map(({ name }) => name)
  const file = `tables/${table.name}.jsonl`
  const lines = await writeLines(join(folder, file))
  const sheet = AS_CSV.has(table.name)
    ? await writeLines(join(folder, `tables/${table.name}.csv`))
    : undefined
  let [rows, unreadable] = [0, 0]
  try {
    await sheet?.write(`\uFEFF${writeCsvLine(columns)}`)
    for await (const opened of openRows(client, sealing, table, hidden)) {
      await lines.write(`${JSON.stringify(opened.row)}\n`)
      await sheet?.write(writeCsvLine(columns.map(column => cell(opened.row, column))))
      rows += 1
      unreadable += opened.unreadable
    }
    await sheet?.end()
    return { name: table.name, file, rows, unreadable, columns, ...(await lines.end()) }
  } catch (error) {
    await lines.drop()
    await sheet?.drop()
    throw error
  }
}

function cell(row: JsonRow, column: string): string {
  const value = row[column]
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
