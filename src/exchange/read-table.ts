import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { readSheet } from 'read-excel-file/node'
import { readCsv } from '../lib/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Row } from './table.ts'

/** The rows of a table in a CSV or XLSX file (its first sheet), by the names in its first row. Throws a Refusal when it is none. */
export async function readTable(file: string): Promise<Row[]> {
  const [heading, ...rows] = await rowsOf(file)
  if (heading === undefined)
    throw new Refusal(`${file}: the table is empty; its first row names the columns.`)
  const columns = heading.cells.map(name => name.trim().toLowerCase())
  const twice = columns.find((name, n) => name !== '' && columns.indexOf(name) !== n)
  if (twice !== undefined) throw new Refusal(`${file}, row 1: the column "${twice}" stands there twice.`)
  return rows.map(({ number, cells }) => ({
    number,
    cells: Object.fromEntries(
      columns.flatMap((name, n) => (name === '' ? [] : [[name, cells[n]?.trim() ?? '']])),
    ),
  }))
}

async function rowsOf(file: string): Promise<{ number: number; cells: string[] }[]> {
  try {
    if (extname(file).toLowerCase() !== '.xlsx') return readCsv(readFileSync(file, 'utf8'))
    const sheet = await readSheet(readFileSync(file))
    const rows = sheet.map((cells, n) => ({ number: n + 1, cells: cells.map(asText) }))
    return rows.filter(({ cells }) => cells.some(cell => cell !== ''))
  } catch (error) {
    if (error instanceof Error) throw new Refusal(`${file} cannot be read as a table: ${error.message}`)
    throw error
  }
}

/** Spreadsheets make days and numbers of what looks like them. */
function asText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}
