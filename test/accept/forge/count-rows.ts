import { onDatabase } from '../canary/dump.ts'

/** Rows in all tables of ours. */
export async function countRows(address: Parameters<typeof onDatabase>[0]): Promise<number> {
  return onDatabase(address, async client => {
    const { rows } = await client.query<{ count: string }>(
      `select coalesce(sum((xpath('/row/c/text()',
         query_to_xml(format('select count(*) as c from %I.%I', schemaname, tablename), false, true, '')))[1]::text::int), 0)
         as count from pg_tables where schemaname = 'public'`,
    )
    return Number(rows[0]?.count)
  })
}
