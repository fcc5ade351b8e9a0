import { stat } from 'node:fs/promises'
import type pg from 'pg'
import type { DatabaseAddress } from '../records/address.ts'
import { type Queryable, types } from '../records/db.ts'
import { houseFact, noteFact } from '../records/house-facts.ts'
import { copyConfirmed, copySealed } from '../records/key-copy.ts'
import { type Keyring, loadKeyring, replaceKeyFile, ringMark } from '../records/keyring.ts'
import { inUse, isOld, withNext, withNextInUse, withOldLeft, withoutLeft } from '../records/outer-keys.ts'
import { openClient } from '../records/own-client.ts'
import { rewrapAll } from '../records/rewrap.ts'
import type { Sealing } from '../records/sealing.ts'

/** Any number, so that our lock meets nobody else's: "KUNCI". */
const LOCK = 0x4b554e43
/** Passes over what somebody was at work on, before the rest is left for tomorrow. */
const PASSES = 5

export type Renewal = {
  address: DatabaseAddress
  keyFile: string
  sealing: Sealing
  /** Days an outer key is in use, and days a backup is kept. */
  days: number
  keepDays: number
  now: Date
  /** Somebody asked: the next key is made whatever the age of this one. */
  asked?: boolean
}

/** The file may not be changed from here: a read-only mount, or another owner. Then nothing is renewed, and somebody is told. */
const LOCKED = ['EROFS', 'EACCES', 'EPERM']

/** How it stands. `locked`: the key file may not be written, and it is time to. `waits`: the next key is made, and no copy of it is known. `left`: values under older keys. */
export type KeysStand = {
  since: string
  waits: boolean
  locked: boolean
  left: number
  old: number
  changed: number
  destroyed: number
}

/**
 * One step further in the renewal of the outer key, as far as it goes today; see `outer-keys.ts`. Does nothing while another process is
 * at it. Asked by a person it throws what the
 * file system says where the key file cannot be written.
 */
export async function renewKeys(parts: Renewal): Promise<KeysStand | undefined> {
  const { client } = await openClient(parts.address, 'balai keys', { types })
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK])
    return rows[0]?.mine === true ? await renew(client, parts) : undefined
  } finally {
    await client.end()
  }
}

async function renew(client: pg.Client, parts: Renewal): Promise<KeysStand> {
  const { keyFile, sealing, days, keepDays, now, asked } = parts
  const begun = (await stat(keyFile)).mtime
  let locked = false
  let ring = await loadKeyring(keyFile, { make: false })
  const put = async (next: Keyring) => {
    if (next === ring || JSON.stringify(next) === JSON.stringify(ring)) return
    try {
      await replaceKeyFile(keyFile, next)
    } catch (error) {
      if (asked === true || !LOCKED.includes(String((error as NodeJS.ErrnoException).code))) throw error
      locked = true
      return
    }
    ring = next
    sealing.use(next)
  }
  // One after the other: asked again, it first goes on with what was begun.
  const isFree = ring.outer.slice(0, -1).every(({ left }) => left !== undefined)
  const isDue = (asked === true && isFree) || (days > 0 && isOld(ring, { days, begun, now }))
  if (isDue) await put(withNext(ring))
  if (ring.next !== undefined && (await isKept(client, ring))) await put(withNextInUse(ring, now))
  sealing.use(ring)
  const { changed, left } = await rewrap(client, sealing, ring)
  if (left === 0) await put(withOldLeft(ring, now))
  const before = ring.outer.length
  const wasConfirmed = await copyConfirmed(client, ring)
  // Only where nothing is left under them: a damaged value, or a process that slept for a month, keeps its key.
  if (left === 0) await put(withoutLeft(ring, { days: keepDays, now }))
  const destroyed = before - ring.outer.length
  // The copy holds every key that is left, and one too many: that it be replaced is said, not that there is none.
  if (destroyed > 0 && wasConfirmed !== undefined)
    await noteFact(client, 'key_copy', `${ringMark(ring)} ${wasConfirmed}`)
  const stand: KeysStand = {
    since: inUse(ring).from ?? begun.toISOString(),
    waits: ring.next !== undefined,
    locked,
    left,
    old: ring.outer.length - 1,
    changed,
    destroyed,
  }
  await noteFact(client, 'outer_keys', JSON.stringify(stand))
  return stand
}

/** Whether a copy of these very keys is known to be elsewhere: confirmed by a person, or sealed beside a backup. */
async function isKept(on: Queryable, ring: Keyring): Promise<boolean> {
  return (await copyConfirmed(on, ring)) !== undefined || (await copySealed(on, ring))
}

async function rewrap(
  client: pg.Client,
  sealing: Sealing,
  ring: Keyring,
): Promise<{ changed: number; left: number }> {
  if (ring.outer.length === 1) return { changed: 0, left: 0 }
  let changed = 0
  for (let pass = 1; ; pass += 1) {
    const done = await rewrapAll(client, sealing, inUse(ring).id)
    changed += done.changed
    if (done.left === 0 || done.changed === 0 || pass === PASSES) return { changed, left: done.left }
  }
}

/** How the outer keys stood when they were last looked at; undefined before that. */
export async function keysStand(on: Queryable): Promise<KeysStand | undefined> {
  const fact = await houseFact(on, 'outer_keys')
  return fact === undefined ? undefined : (JSON.parse(fact) as KeysStand)
}
