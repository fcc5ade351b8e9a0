import type pg from 'pg'
import type { Queryable } from './db.ts'
import { bytesOf, type JsonRow, KEYED, SEALED } from './sealed-columns.ts'
import type { Place, Sealing } from './sealing.ts'

/** Rows wrapped anew in one transaction: short enough that a turn which wants one of them hardly waits. */
const ROWS = 200

/** A column whose values begin with the number of the outer key they are under. */
type Wrapped = {
  table: string
  column: string
  /** The primary key. */
  key: string[]
  anew(sealing: Sealing, row: JsonRow, value: Buffer): Buffer | undefined
}

const KEY_COLUMNS: Readonly<Record<string, string[]>> = {
  aliases: ['hash'],
  survey_keys: ['purpose', 'office', 'day'],
  whatsapp_sent: ['office', 'hash'],
  whatsapp_sessions: ['office'],
}
const keyOf = (table: string) => KEY_COLUMNS[table] ?? ['id']

const WRAPPED: readonly Wrapped[] = [
  ...Object.entries(KEYED).map(([table, place]) => ({
    table,
    column: 'wrapped_key',
    key: keyOf(table),
    anew: (sealing: Sealing, row: JsonRow, value: Buffer) => sealing.rewrap(value, place(row)),
  })),
  ...SEALED.filter(({ under }) => under === 'loose').map(({ table, column, place, of }) => ({
    table,
    column,
    key: keyOf(table),
    anew: (sealing: Sealing, row: JsonRow, value: Buffer) =>
      of?.(row) === false ? undefined : sealing.resealLoose(place(row) as Place, value),
  })),
]

/** What a pass over all tables did. `left`: values that are still under an older key, since somebody was at work on them or they are damaged. */
export type Rewrapped = { changed: number; left: number }

/**
 * Wraps every data key that lives by the outer key in use, in batches, while the line goes on; words themselves stay as they are. What
 * somebody is at work on is passed over, for the next pass. Killed at any moment it goes on where it was: a batch is done or not.
 */
export async function rewrapAll(client: pg.Client, sealing: Sealing, newest: number): Promise<Rewrapped> {
  const total: Rewrapped = { changed: 0, left: 0 }
  for (const wrapped of WRAPPED) {
    for (let after: JsonRow | undefined = {}; after !== undefined; ) {
      const batch = await rewrapBatch(client, sealing, wrapped, { newest, after })
      total.changed += batch.changed
      after = batch.last
    }
    total.left += await countOld(client, wrapped, newest)
  }
  return total
}

type From = { newest: number; after: JsonRow }

async function rewrapBatch(
  client: pg.Client,
  sealing: Sealing,
  { table, column, key, anew }: Wrapped,
  { newest, after }: From,
): Promise<{ changed: number; last: JsonRow | undefined }> {
  const keys = key.map(name => `t.${name}`).join(', ')
  const isFirst = Object.keys(after).length === 0
  const behind = `(${keys}) > (select ${key.join(', ')} from jsonb_populate_record(null::${table}, $2::jsonb))`
  await client.query('begin')
  try {
    const { rows } = await client.query<{ row: JsonRow }>(
      `select to_jsonb(t) as row from ${table} t
       where ${isOld(table, column)} and ${isFirst ? '$2::jsonb is not null' : behind}
       order by ${keys} limit ${ROWS} for update skip locked`,
      [idBytes(newest), JSON.stringify(after)],
    )
    const fresh = rows.flatMap(({ row }) => {
      const value = anewOrNothing(() => anew(sealing, row, bytesOf(row[column])))
      return value === undefined ? [] : [{ ...only(row, key), [column]: `\\x${value.toString('hex')}` }]
    })
    await client.query(
      `update ${table} t set ${column} = n.${column} from jsonb_populate_recordset(null::${table}, $1::jsonb) n
       where ${key.map(name => `t.${name} = n.${name}`).join(' and ')}`,
      [JSON.stringify(fresh)],
    )
    await client.query('commit')
    const last = rows.length < ROWS ? undefined : rows.at(-1)?.row
    return { changed: fresh.length, last: last && only(last, key) }
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Damaged values stay as they are, and are counted as left: the key they may be under is then never destroyed unseen. */
function anewOrNothing(anew: () => Buffer | undefined): Buffer | undefined {
  try {
    return anew()
  } catch {
    return undefined
  }
}

async function countOld(on: Queryable, { table, column }: Wrapped, newest: number): Promise<number> {
  const { rows } = await on.query<{ count: string }>(
    `select count(*) as count from ${table} t where ${isOld(table, column)}`,
    [idBytes(newest)],
  )
  return Number(rows[0]?.count ?? 0)
}

/** Rows whose value begins with another number than $1. A turn of the inbox is under its chat's key. */
function isOld(table: string, column: string): string {
  const loose = table === 'inbox' ? ` and t.status <> 'done'` : ''
  return `t.${column} is not null and length(t.${column}) > 0 and substring(t.${column} from 1 for 2) <> $1::bytea${loose}`
}

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(id)
  return bytes
}

function only(row: JsonRow, names: string[]): JsonRow {
  return Object.fromEntries(names.map(name => [name, row[name]]))
}
