import writeXlsx from 'write-excel-file/node'
import { writeCsv } from '../lib/csv.ts'
import type { Table } from './table.ts'

export const FORMATS = ['csv', 'xlsx', 'json'] as const
export type Format = (typeof FORMATS)[number]

/** A table as a file. In XLSX every cell is text: a spreadsheet would make 0812 a number. */
export async function writeTable({ columns, rows }: Table, format: Format): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(writeCsv([columns, ...rows]))
  if (format === 'json') {
    const objects = rows.map(row => Object.fromEntries(columns.map((name, n) => [name, row[n] ?? ''])))
    return Buffer.from(`${JSON.stringify(objects, null, 2)}\n`)
  }
  const heading = columns.map(value => ({ value, type: String, fontWeight: 'bold' as const }))
  const cells = rows.map(row => row.map(value => ({ value, type: String, wrap: true })))
  return writeXlsx([heading, ...cells], { columns: columns.map(() => ({ width: 30 })) }).toBuffer()
}
