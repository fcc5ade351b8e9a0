import writeXlsx from 'write-excel-file/node'
import { shown } from '../lib/clean-text.ts'
import { writeCsv } from '../lib/csv.ts'
import type { Table } from './table.ts'

export const FORMATS = ['csv', 'xlsx', 'json'] as const
export type Format = (typeof FORMATS)[number]

/**
 * A table as a file. In XLSX every cell is text: a spreadsheet would make 0812 a number. Tables for spreadsheets are cleaned for eyes;
 * JSON, which programs read, has what is kept.
 */
export async function writeTable({ columns, rows: kept }: Table, format: Format): Promise<Buffer> {
  const rows = format === 'json' ? kept : kept.map(row => row.map(shown))
  if (format === 'csv') return Buffer.from(writeCsv([columns, ...rows]))
  if (format === 'json') {
    const objects = rows.map(row => Object.fromEntries(columns.map((name, n) => [name, row[n] ?? ''])))
    return Buffer.from(`${JSON.stringify(objects, null, 2)}\n`)
  }
  const heading = columns.map(value => ({ value, type: String, fontWeight: 'bold' as const }))
  const cells = rows.map(row => row.map(value => ({ value, type: String, wrap: true })))
  return writeXlsx([heading, ...cells], { columns: columns.map(() => ({ width: 30 })) }).toBuffer()
}
