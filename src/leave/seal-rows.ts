import type { Queryable } from '../records/db.ts'
import { type JsonRow, KEYED, keyHolder, type SealedColumn, type Under } from '../records/sealed-columns.ts'
import type { DataKey, Sealing } from '../records/sealing.ts'
import { isKeyed, sealedIn } from './house-tables.ts'

type Other = Exclude<Under, string>

/**
 * Rows as they are brought in: each with a data key of its own where it had one, its words sealed with that, or with the key of the row
 * they belong to, which is there already. Asked of the database for many rows at once, so that memory stays flat.
 */
export async function sealRows(
  on: Queryable,
  sealing: Sealing,
  table: string,
  rows: JsonRow[],
): Promise<JsonRow[]> {
  const sealed = sealedIn(table)
  const other = sealed.map(({ under }) => under).find((under): under is Other => typeof under !== 'string')
  const keys = other === undefined ? undefined : await keysOf(on, sealing, other, rows)
  return rows.map(row => sealRow(sealing, table, row, sealed, other && keys?.get(nameOf(other, row))))
}

function sealRow(
  sealing: Sealing,
  table: string,
  row: JsonRow,
  columns: SealedColumn[],
  otherKey: DataKey | undefined,
): JsonRow {
  const brought: JsonRow = { ...row }
  let own: DataKey | undefined
  if (isKeyed(table)) {
    const fresh = row.wrapped_key === true ? sealing.newKey(placeOf(table, row)) : undefined
    own = fresh?.key
    brought.wrapped_key = fresh === undefined ? null : hex(fresh.wrapped)
  }
  for (const { column, under, place, holds, of } of columns) {
    const value = row[column]
    if (value === null || value === undefined || of?.(row) === false) continue
    const text = holds === 'json' ? JSON.stringify(value) : String(value)
    if (under === 'loose') {
      brought[column] = hex(sealing.sealLoose(place(row), text))
      continue
    }
    const key = under === 'own' ? own : otherKey
    // Words of a row whose key is nowhere: there is nobody they could be read for.
    brought[column] = key === undefined ? null : hex(sealing.seal(key, place(row), text))
  }
  return brought
}

/** Data keys of the rows these rows' words belong to, by `nameOf`. */
async function keysOf(
  on: Queryable,
  sealing: Sealing,
  other: Other,
  rows: JsonRow[],
): Promise<ReadonlyMap<string, DataKey>> {
  const wanted = new Map(rows.map(row => [nameOf(other, row), keyHolder(other, row)]))
  const keys = new Map<string, DataKey>()
  const { rows: found } = await on.query<{ row: JsonRow; wrapped_key: Buffer }>(findKeys(other), [
    JSON.stringify([...wanted.values()].filter(holder => !Object.values(holder).includes(null))),
  ])
  for (const { row, wrapped_key } of found) {
    keys.set(holderName(row), sealing.unwrap(wrapped_key, placeOf(other.table, row)))
  }
  return keys
}

function findKeys({ table }: Other): string {
  if (table === 'survey_keys')
    return `select json_build_object('purpose', k.purpose, 'office', k.office, 'day', k.day) as row, k.wrapped_key
      from survey_keys k join jsonb_to_recordset($1::jsonb) as w(purpose text, office text, day date) using (purpose, office, day)`
  return `select json_build_object('id', k.id) as row, k.wrapped_key
    from ${table} k join jsonb_to_recordset($1::jsonb) as w(id uuid) using (id) where k.wrapped_key is not null`
}

function nameOf(other: Other, row: JsonRow): string {
  return holderName(keyHolder(other, row))
}

function holderName(holder: JsonRow): string {
  return Object.values(holder).join(' ')
}

function placeOf(table: string, row: JsonRow) {
  const place = KEYED[table]
  if (place === undefined) throw new Error(`Rows of ${table} have no keys.`)
  return place(row)
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
