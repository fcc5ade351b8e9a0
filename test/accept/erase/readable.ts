import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { houseTables } from '../../../src/leave/house-tables.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import {
  bytesOf,
  type JsonRow,
  KEYED,
  SEALED,
  SEALED_BY_SESSION,
} from '../../../src/records/sealed-columns.ts'
import { createSealing, type DataKey, type Place, type Sealing } from '../../../src/records/sealing.ts'
import { type Canaries, openCanaries } from '../canary/canaries.ts'
import { type Hit, searchFor } from '../canary/search.ts'

/** Rows, values and files as somebody reads them who has the database, the files and these keys; how many values opened. */
export type Readable = { all: { where: string; text: Buffer }[]; opened: number }
type Text = Readable['all'][number]

/** Looks for what these people told, in all spellings: whose and what it was, and where it stood. */
export function lookFor(people: readonly { called: string; canaries: Canaries }[]) {
  const wanted = openCanaries()
  for (const { called, canaries } of people)
    for (const { stoodFor, value } of canaries.all()) wanted.note(`${called}: ${stoodFor}`, value)
  const search = searchFor(wanted)
  const told = (hits: Hit[]) => [...new Set(hits.map(({ stoodFor, where }) => `${stoodFor} in ${where}`))]
  return {
    /** How many different things there are to be found. */
    wanted: new Set(wanted.all().map(({ stoodFor }) => stoodFor)).size,
    inBytes: (bytes: Buffer, where: string) => told(search.inBytes(bytes, where)),
    inFolder: async (folder: string) => told(await search.inFolder(folder)),
    /** Each thing once, with the first place it stands in. */
    inReadable({ all }: Readable): string[] {
      const first = new Map<string, Hit>()
      for (const { where, text } of all)
        for (const hit of search.inBytes(text, where))
          if (!first.has(hit.stoodFor)) first.set(hit.stoodFor, hit)
      return told([...first.values()])
    },
  }
}

/**
 * Everything that can be read: every column as it is, and every sealed value that opens. A value is tried with each key of the kind it is
 * sealed under, not with its row's alone: whoever searches would do so too. `opened` counts values, so that one who opens none is not
 * taken for one who found nothing.
 */
export async function readable(client: pg.Client, ring: Keyring, folder: string): Promise<Readable> {
  const sealing = createSealing(ring)
  const rows = new Map<string, JsonRow[]>()
  for (const { name } of await houseTables(client)) {
    const found = await client.query<{ row: JsonRow }>(`select to_jsonb(t) as row from ${name} t`)
    rows.set(
      name,
      found.rows.map(({ row }) => row),
    )
  }
  const keys = keysOf(sealing, rows)
  const all: Text[] = []
  for (const [table, of] of rows)
    for (const row of of) all.push({ where: table, text: Buffer.from(JSON.stringify(row)) })
  const values = [...openedValues(sealing, rows, keys), ...(await openedFiles(sealing, rows, keys, folder))]
  return { all: [...all, ...values], opened: values.length }
}

type Keys = Map<string, Map<JsonRow, DataKey>>

function keysOf(sealing: Sealing, rows: Map<string, JsonRow[]>): Keys {
  const keys: Keys = new Map()
  for (const [table, place] of Object.entries(KEYED)) {
    const own = new Map<JsonRow, DataKey>()
    for (const row of rows.get(table) ?? []) {
      const key = orNothing(() => sealing.unwrap(bytesOf(row.wrapped_key), place(row)))
      if (key !== undefined) own.set(row, key)
    }
    keys.set(table, own)
  }
  return keys
}

function* openedValues(sealing: Sealing, rows: Map<string, JsonRow[]>, keys: Keys): Generator<Text> {
  for (const { table, column, under, place } of SEALED)
    for (const row of rows.get(table) ?? []) {
      if (row[column] === null) continue
      const at = place(row)
      const value = bytesOf(row[column])
      const with_ = keys.get(typeof under === 'string' ? table : under.table)?.values() ?? []
      const text =
        under === 'loose'
          ? orNothing(() => sealing.openLoose(at, value))
          : firstThat(with_, key => sealing.open(key, at, value))
      if (text !== undefined) yield { where: `${table}.${column}`, text: Buffer.from(text) }
    }
  const { table, column } = SEALED_BY_SESSION
  for (const row of rows.get(table) ?? []) {
    const at: Place = `whatsapp_keys.${bytesOf(row.hash).toString('hex')}`
    const sessions = keys.get('whatsapp_sessions')?.values() ?? []
    const text = firstThat(sessions, key => sealing.open(key, at, bytesOf(row[column])))
    if (text !== undefined) yield { where: `${table}.${column}`, text: Buffer.from(text) }
  }
}

async function openedFiles(
  sealing: Sealing,
  rows: Map<string, JsonRow[]>,
  keys: Keys,
  folder: string,
): Promise<Text[]> {
  const opened: Text[] = []
  for (const row of rows.get('files') ?? []) {
    const key = keys.get('files')?.get(row)
    const bytes = await readFile(join(folder, String(row.id))).catch(() => undefined)
    if (key === undefined || bytes === undefined) continue
    const text = orNothing(() => sealing.openBytes(key, `files.bytes.${row.id}`, bytes))
    if (text !== undefined) opened.push({ where: 'files', text })
  }
  return opened
}

function firstThat(keys: Iterable<DataKey>, open: (key: DataKey) => string): string | undefined {
  for (const key of keys) {
    const text = orNothing(() => open(key))
    if (text !== undefined) return text
  }
  return undefined
}

/** Sealed under another key, or under one that is gone: exactly what is looked for. */
function orNothing<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
