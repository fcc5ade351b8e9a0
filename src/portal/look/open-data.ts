import type { Context } from 'hono'
import type { Table } from '../../exchange/table.ts'
import { writeTable } from '../../exchange/write-table.ts'

/** Open data, for any program and page: `json` where the address ends so, the table as CSV elsewhere. `seconds`: how long it may be kept. */
export async function openData(
  c: Context,
  { json, table, seconds }: { json: () => Record<string, unknown>; table: () => Table; seconds: number },
): Promise<Response> {
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Cross-Origin-Resource-Policy', 'cross-origin')
  c.header('Cache-Control', `public, max-age=${seconds}`)
  if (c.req.path.endsWith('.json')) return c.json(json())
  const csv = new Uint8Array(await writeTable(table(), 'csv'))
  return c.body(csv, 200, { 'Content-Type': 'text/csv; charset=utf-8' })
}
