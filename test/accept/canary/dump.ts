import pg from 'pg'
import { openLog } from '../../../src/lib/log.ts'
import type { DatabaseAddress } from '../../../src/records/address.ts'
import { connectionOf } from '../../../src/records/address.ts'
import { type Embedded, joinEmbedded } from '../../../src/records/embedded/start.ts'

/** Work on the database of a DATA_DIR, beside the Balai that owns it or alone when none runs. */
export async function inDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const embedded: Embedded = await joinEmbedded({ dataDir, log: openLog('silent') })
  try {
    return await onDatabase(embedded.owner, work)
  } finally {
    await embedded.stop()
  }
}

export async function onDatabase<T>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connectionOf(address))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Every row of every table of every schema that is not the server's own, as text: what a dump holds. Bytes are in hex there,
 * and so the search knows them.
 */
export async function dumpOf(client: pg.Client): Promise<Buffer> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  const lines: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
    lines.push(`-- ${name}: ${rows.length}`, ...rows.map(({ line }) => line))
  }
  return Buffer.from(lines.join('\n'))
}

/** Rows with a moment, in whichever column, within two seconds of this one. The clock's own tables are not about citizens. */
export async function rowsAt(client: pg.Client, moment: Date): Promise<string[]> {
  const { rows: columns } = await client.query<{ table: string; column: string }>(
    `select format('%I', table_name) as table, format('%I', column_name) as column
     from information_schema.columns where table_schema = 'public' and data_type = 'timestamp with time zone'`,
  )
  const found: string[] = []
  for (const { table, column } of columns) {
    const { rowCount } = await client.query(
      `select 1 from public.${table} where abs(extract(epoch from ${column} - $1::timestamptz)) < 2`,
      [moment],
    )
    if (rowCount !== 0) found.push(`${table}.${column}`)
  }
  return found
}
