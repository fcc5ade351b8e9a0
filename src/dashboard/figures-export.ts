import type { Table } from '../exchange/table.ts'
import { FORMATS, writeTable } from '../exchange/write-table.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { figuresBy } from '../records/figures.ts'
import type { Seat } from './door.ts'
import { spanOf } from './figures-span.ts'
import { headings } from './figures-table.ts'
import { TYPES } from './file-types.ts'

/** The figures of the page as a file, by week, desk and kind; noted in the log. */
export async function exportFigures(seat: Seat): Promise<Response> {
  const { c, t, door, house, member } = seat
  const span = spanOf(seat)
  const format = FORMATS.find(one => one === c.req.query('format')) ?? 'csv'
  const columns = headings(t)
  const table: Table = {
    columns: [t('Menurut', 'By'), t('Nama', 'Name'), ...columns.map(([, words]) => words)],
    rows: [],
  }
  for (const by of ['week', 'desk', 'kind'] as const)
    for (const row of await figuresBy(door.reads, by, span))
      table.rows.push([by, row.name, ...columns.map(([of]) => String(row[of]))])
  const entry = {
    office: house.office.id,
    actor: member.id,
    action: 'figures_exported',
    subject: `${span.from}..${span.to}`,
  }
  await transaction(door.db, client => note(client, door.room.sealing, entry, door.now()))
  return c.body(new Uint8Array(await writeTable(table, format)), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="balai-figures-${span.from}-${span.to}.${format}"`,
  })
}
