import type { Queryable } from '../records/db.ts'
import { KEYED, keyJoin, SEALED, type SealedColumn } from '../records/sealed-columns.ts'
import { COLUMNS_LEFT_OUT, ROWS_LEFT_OUT, TABLES_LEFT_OUT } from './left-out.ts'

export type HouseColumn = { name: string; type: string; nullable: boolean }

/** A table as the catalogue of the database has it. `key`: its primary key; `counted`: the column the server numbers. */
export type HouseTable = { name: string; columns: HouseColumn[]; key: string[]; counted: string | null }

const TABLES = `
select c.relname as name,
  (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
     'nullable', not a.attnotnull) order by a.attnum)
   from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
  (select array_agg(a.attname::text order by p.place)
   from pg_index i, unnest(i.indkey::int2[]) with ordinality as p(attnum, place)
     join pg_attribute a on a.attnum = p.attnum
   where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as key,
  (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '') as counted
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
order by c.relname`

const REFERENCES = `
select f.relname as from, t.relname as to
from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and f.oid <> t.oid`

/** All tables of ours, those whose rows others name before the others: by reference, or because their data key is needed. */
export async function houseTables(on: Queryable): Promise<HouseTable[]> {
  const { rows: tables } = await on.query<HouseTable>(TABLES)
  const { rows: references } = await on.query<{ from: string; to: string }>(REFERENCES)
  const needed = SEALED.flatMap(({ table, under }) =>
    typeof under === 'string' ? [] : [{ from: table, to: under.table }],
  )
  const all = [...references, ...needed]
  const ordered: HouseTable[] = []
  while (ordered.length < tables.length) {
    const isThere = (name: string) => ordered.some(one => one.name === name)
    const next = tables.find(
      ({ name }) => !isThere(name) && all.every(({ from, to }) => from !== name || isThere(to)),
    )
    if (next === undefined)
      throw new Error('Tables refer to each other in a circle: no order brings them in.')
    ordered.push(next)
  }
  return ordered
}

/** Whether a table leaves at all. */
export function leaves({ name }: Pick<HouseTable, 'name'>): boolean {
  return !Object.hasOwn(TABLES_LEFT_OUT, name)
}

/** The columns that leave, in their order. */
export function leavingColumns({ name, columns }: HouseTable): HouseColumn[] {
  return columns.filter(column => !Object.hasOwn(COLUMNS_LEFT_OUT, `${name}.${column.name}`))
}

/** What is sealed in a table, one entry a column; of inbox two. */
export function sealedIn(name: string): SealedColumn[] {
  return SEALED.filter(({ table }) => table === name)
}

/** Whether its rows have a data key of their own. */
export function isKeyed(name: string): boolean {
  return Object.hasOwn(KEYED, name)
}

/**
 * Reads a table in the order of its key, one JSON object a row in `row`; in `key` the wrapped data key of the row its values are
 * sealed under, where that is another's. Hashes of 64 bits come as text: a number of JSON would lose their end.
 */
export function selectRows(table: HouseTable): string {
  const { name, columns, key } = table
  const listed = columns.map(column =>
    column.type === 'bigint[]' ? `t.${column.name}::text[] as ${column.name}` : `t.${column.name}`,
  )
  const other = sealedIn(name).find(({ under }) => typeof under !== 'string')?.under
  const join = other === undefined || typeof other === 'string' ? '' : keyJoin(other)
  const part = ROWS_LEFT_OUT[name]
  const where = part === undefined ? '' : `where ${part.where}`
  return `select row_to_json(r.row) as row, r.key from (
    select (select x from (select ${listed.join(', ')}) x) as row, ${join === '' ? 'null::bytea' : 'k.wrapped_key'} as key
    from ${name} t ${join} ${where} order by ${key.map(column => `t.${column}`).join(', ')}) r`
}
