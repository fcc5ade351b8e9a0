import { byteArray } from './arrays.ts'
import type { Db, Queryable } from './db.ts'
import type { DataKey, Sealing } from './sealing.ts'

/** One key of a linked number as the library writes it; null: it is to be forgotten. */
export type KeyRow = { type: string; id: string; value: string | null }
/** Something said, with what it is known by: chat, message id, who said it. */
export type Heard = { names: readonly string[]; text: string }

/** Another process leads by now: nothing may be written any more. */
export class LeadLost extends Error {
  override name = 'LeadLost' as const
}

/** The keys of one office's number, for as long as one process leads. */
export type SessionKeys = {
  load(type: string, ids: readonly string[]): Promise<(string | null)[]>
  /**
   * Writes keys, and what was said with them, all or nothing. Gives the ids of what is new among that, in order. Rejects with
   * LeadLost when there has been another leader since, whatever this process still believes.
   */
  save(rows: readonly KeyRow[], heard?: readonly Heard[]): Promise<(number | undefined)[]>
  /** Whether what goes by these names was written down before, and be it taken in and forgotten since. */
  knows(names: readonly string[]): Promise<boolean>
}

// One statement, so one transaction. The lead's row is locked: who comes after us waits until this is written.
const SAVE = `
with lead as (
  select 1 from polls where office = $1 and channel = 'whatsapp' and epoch = $2 for share
), gone as (
  delete from whatsapp_keys where office = $1 and hash = any($3::bytea[]) and exists (select 1 from lead)
), kept as (
  insert into whatsapp_keys (office, hash, sealed)
  select $1, hash, sealed from unnest($4::bytea[], $5::bytea[]) as k(hash, sealed) where exists (select 1 from lead)
  on conflict (office, hash) do update set sealed = excluded.sealed
), heard as (
  insert into whatsapp_heard (office, hash, sealed, heard_at)
  select $1, hash, sealed, now() from unnest($6::bytea[], $7::bytea[]) with ordinality as h(hash, sealed, n)
  where exists (select 1 from lead) order by n
  on conflict (office, hash) do nothing
  returning id, hash
)
select (select count(*) from lead) as leads, array(select id from heard) as ids, array(select hash from heard) as hashes`

/** Where what was heard is sealed to. */
export function placeOfHeard(hash: Buffer) {
  return `whatsapp_heard.${hash.toString('hex')}` as const
}

export async function sessionKeys(
  parts: { db: Db; sealing: Sealing },
  office: string,
  epoch: number,
): Promise<SessionKeys> {
  const { db, sealing } = parts
  const key = await keyOf(db.pool, sealing, office)
  if (key === undefined) throw new Error(`Nobody has asked for a WhatsApp link of ${office}.`)
  const hashOf = (of: { type: string; id: string }) => hashOfKey(sealing, office, of)
  const hashOfHeard = (names: readonly string[]) => sealing.hash('whatsapp heard', office, ...names)

  return {
    async load(type, ids) {
      const hashes = ids.map(id => hashOf({ type, id }))
      const { rows } = await db.pool.query<{ hash: Buffer; sealed: Buffer }>({
        name: 'whatsapp-keys',
        text: 'select hash, sealed from whatsapp_keys where office = $1 and hash = any($2::bytea[])',
        values: [office, byteArray(hashes)],
      })
      const found = new Map(rows.map(({ hash, sealed }) => [hash.toString('hex'), sealed]))
      return hashes.map(hash => {
        const sealed = found.get(hash.toString('hex'))
        return sealed === undefined ? null : sealing.open(key, placeOfKey(hash), sealed)
      })
    },
    async save(given, heard = []) {
      // The last word on a key counts; a statement may not write a row twice.
      const rows = [...new Map(given.map(row => [hashOf(row).toString('hex'), row])).entries()].map(
        ([hash, { value }]) => ({ hash: Buffer.from(hash, 'hex'), value }),
      )
      const kept = rows.flatMap(({ hash, value }) => (value === null ? [] : [{ hash, value }]))
      const said = heard.map(({ names, text }) => ({
        hash: hashOfHeard(names),
        text,
      }))
      const { rows: answer } = await db.pool.query<{ leads: number; ids: number[]; hashes: Buffer[] }>({
        name: 'whatsapp-save',
        text: SAVE,
        values: [
          office,
          epoch,
          byteArray(rows.flatMap(({ hash, value }) => (value === null ? [hash] : []))),
          byteArray(kept.map(({ hash }) => hash)),
          byteArray(kept.map(({ hash, value }) => sealing.seal(key, placeOfKey(hash), value))),
          byteArray(said.map(({ hash }) => hash)),
          byteArray(said.map(({ hash, text }) => sealing.sealLoose(placeOfHeard(hash), text))),
        ],
      })
      const [{ leads, ids, hashes } = { leads: 0, ids: [], hashes: [] }] = answer
      if (leads !== 1) throw new LeadLost(`Another process leads the WhatsApp number of ${office} by now.`)
      return said.map(({ hash }) => {
        const at = hashes.findIndex(one => one.equals(hash))
        return at === -1 ? undefined : Number(ids[at])
      })
    },
    async knows(names) {
      const { rowCount } = await db.pool.query({
        name: 'whatsapp-known',
        text: 'select 1 from whatsapp_heard where office = $1 and hash = $2',
        values: [office, hashOfHeard(names)],
      })
      return rowCount === 1
    },
  }
}

/** The hash a key is found by. */
export function hashOfKey(
  sealing: Sealing,
  office: string,
  { type, id }: { type: string; id: string },
): Buffer {
  return sealing.hash('whatsapp key', office, type, id)
}

/** Where a key is sealed to. */
export const placeOfKey = (hash: Buffer) => `whatsapp_keys.${hash.toString('hex')}` as const

/** The data key of an office's keys; undefined when nobody has ever asked for a link. */
export async function keyOf(on: Queryable, sealing: Sealing, office: string): Promise<DataKey | undefined> {
  const { rows } = await on.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from whatsapp_sessions where office = $1',
    [office],
  )
  const [row] = rows
  return row && sealing.unwrap(row.wrapped_key, `whatsapp_sessions.${office}`)
}
