import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { readCsv } from '../lib/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Row } from './table.ts'
import { xlsxRows } from './xlsx-rows.ts'

/** Letters of all cells together, which are held at once: some 20,000 articles. 8 MB of packed rows can be a hundred times that. */
const MOST_LETTERS = 32 * 1024 * 1024

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
    return await held(xlsxRows(file))
  } catch (error) {
    if (error instanceof Error) throw new Refusal(`${file} cannot be read as a table: ${error.message}`)
    throw error
  }
}

/** All rows at once, as long as there is room for them. */
async function held(rows: ReturnType<typeof xlsxRows>): Promise<{ number: number; cells: string[] }[]> {
  const all: { number: number; cells: string[] }[] = []
  let letters = 0
  for await (const row of rows) {
    // A cell costs something even when nothing stands in it.
    for (const cell of row.cells) letters += cell.length + 16
    if (letters > MOST_LETTERS) throw new Error('it holds more than is read here; send it in parts')
    all.push(row)
  }
  return all
}
