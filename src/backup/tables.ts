import type { Queryable } from '../records/db.ts'

/** A table of ours with the columns that hold something, as they stand. */
export type Table = { name: string; columns: string[] }

// Partitions come with the table they are of; columns the server reckons itself cannot be written back.
const TABLES = `
select 'public.' || c.relname as name,
  array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
group by c.relname order by c.relname`

const REFERENCES = `
select 'public.' || f.relname as from, 'public.' || t.relname as to
from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and f.oid <> t.oid`

/** Every table of ours, those that are referred to before those that refer to them. */
export async function tablesOf(on: Queryable): Promise<Table[]> {
  const { rows: tables } = await on.query<Table>(TABLES)
  const { rows: references } = await on.query<{ from: string; to: string }>(REFERENCES)
  const ordered: Table[] = []
  while (ordered.length < tables.length) {
    const next = tables.find(
      ({ name }) =>
        !ordered.some(table => table.name === name) &&
        references.every(({ from, to }) => from !== name || ordered.some(table => table.name === to)),
    )
    if (next === undefined) throw new Error('Tables refer to each other in a circle: no order restores them.')
    ordered.push(next)
  }
  return ordered
}

/** Where each sequence of ours stands; of those never used nothing. */
export async function sequencesOf(on: Queryable): Promise<{ name: string; value: string }[]> {
  const { rows } = await on.query<{ name: string; value: string }>(
    `select 'public.' || sequencename as name, last_value::text as value from pg_sequences
     where schemaname = 'public' and last_value is not null order by 1`,
  )
  return rows
}

/** A name with a schema, as SQL writes it. */
export function quoted(name: string): string {
  return name
    .split('.')
    .map(part => `"${part}"`)
    .join('.')
}
