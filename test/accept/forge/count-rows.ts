import { onDatabase } from '../canary/dump.ts'

/** What the house notes down by the clock, whoever calls: facts of its own, and which jobs ran. */
const BY_THE_CLOCK = ['house', 'job_runs']

/** Rows in all tables of ours that come of what somebody says, by table. */
export async function countRows(address: Parameters<typeof onDatabase>[0]): Promise<Map<string, number>> {
  return onDatabase(address, async client => {
    const { rows } = await client.query<{ name: string; count: number }>(
      `select tablename as name, (xpath('/row/c/text()',
         query_to_xml(format('select count(*) as c from %I.%I', schemaname, tablename), false, true, '')))[1]::text::int
         as count from pg_tables where schemaname = 'public' and tablename <> all($1)`,
      [BY_THE_CLOCK],
    )
    return new Map(rows.map(({ name, count }) => [name, count]))
  })
}

/** Tables with more rows than before, as "inbox +1"; '' when nothing was added. */
export function grown(before: Map<string, number>, after: Map<string, number>): string {
  return [...after]
    .flatMap(([name, count]) => {
      const more = count - (before.get(name) ?? 0)
      return more === 0 ? [] : [`${name} ${more > 0 ? '+' : ''}${more}`]
    })
    .join(', ')
}
