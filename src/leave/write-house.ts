import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import { Refusal } from '../lib/refusal.ts'
import type { DatabaseAddress } from '../records/address.ts'
import { headToTell, note } from '../records/audit.ts'
import { type Queryable, types } from '../records/db.ts'
import type { FilePlace } from '../records/file-place.ts'
import { houseFact } from '../records/house-facts.ts'
import { fingerprint, type Keyring } from '../records/keyring.ts'
import { MIGRATION_KEY, takenSteps } from '../records/migrate.ts'
import { openClient } from '../records/own-client.ts'
import { createSealing, type Sealing } from '../records/sealing.ts'
import { describe } from './describe.ts'
import { houseTables, leaves } from './house-tables.ts'
import { FORMAT, type Manifest, writeManifest } from './manifest.ts'
import { hiddenChats } from './open-rows.ts'
import { writeFiles } from './write-files.ts'
import { writeTable } from './write-tables.ts'

export type LeaveParts = {
  address: DatabaseAddress
  places: Pick<FilePlace, 'read'>[]
  keyring: Keyring
  /** The offices served: each of them is told in its log. */
  offices: string[]
  /** A folder that is not there yet. */
  out: string
  /** Version of this program. */
  balai: string
  now: Date
  say?(words: string): void
}

/**
 * Writes the whole house in open formats, words opened, from one snapshot, while the line goes on. It appears whole or not at all, and
 * only its owner may read it. Memory stays flat whatever the size. That it was written is noted in each office's audit log.
 */
export async function writeHouse(parts: LeaveParts): Promise<Manifest> {
  const { out, keyring } = parts
  const making = `${out}.half`
  if (existsSync(out))
    throw new Refusal(
      `${out} is there already, and nothing was done. Your move: name a folder that is not there.`,
    )
  await mkdir(dirname(out), { recursive: true })
  await rm(making, { recursive: true, force: true })
  await mkdir(join(making, 'tables'), { recursive: true, mode: 0o700 })
  const { client, checkLost } = await openClient(parts.address, 'balai leave', { types })
  try {
    const manifest = await writeSnapshot(client, createSealing(keyring), making, parts)
    checkLost()
    await writeManifest(making, manifest, keyring)
    await rename(making, out)
    await client.end()
    return manifest
  } catch (error) {
    // In the middle of a table the server would wait for us to read on, and we for its goodbye.
    client.connection.stream.destroy()
    await rm(making, { recursive: true, force: true })
    throw error
  }
}

async function writeSnapshot(
  client: pg.Client,
  sealing: Sealing,
  folder: string,
  { keyring, offices, places, balai, now, say }: LeaveParts,
): Promise<Manifest> {
  // Shared with backups: the schema stays as it is, and nothing else waits.
  await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_KEY])
  await client.query(`set timezone = 'UTC'`)
  await client.query('begin isolation level repeatable read read only')
  const steps = await takenSteps(client)
  if (steps.length === 0) throw new Refusal('There is no house here: this database has no tables of Balai.')
  const keys = fingerprint(keyring)
  if ((await houseFact(client, 'sealing_key')) !== keys)
    throw new Refusal(
      'The sealing key does not belong to this database. Your move: name the key file that is in use.',
    )
  const hidden = await hiddenChats(client, sealing)
  const all = await houseTables(client)
  const tables: Manifest['tables'] = []
  for (const table of all.filter(leaves)) {
    say?.(`${table.name} …`)
    tables.push(await writeTable(client, sealing, table, { folder, hidden }))
  }
  say?.('files …')
  const files = await writeFiles(client, sealing, { folder, hidden, places })
  const auditHeads = await headsOf(client)
  const mode = (await houseFact(client, 'mode')) === 'live' ? 'live' : 'trial'
  await client.query('commit')
  const manifest = {
    format: FORMAT,
    madeAt: now.toISOString(),
    balai,
    mode,
    steps,
    tables,
    files,
    auditHeads,
    keys,
  } as const
  await writeFile(join(folder, 'DESCRIPTION.md'), describe(manifest, all), { mode: 0o600, flush: true })
  const told = new Set([...offices, ...auditHeads.map(({ office }) => office)])
  // The client of a transaction in all but name.
  await noteLeaving(client as unknown as pg.PoolClient, sealing, told, now)
  return manifest
}

async function headsOf(client: Queryable): Promise<Manifest['auditHeads']> {
  const { rows } = await client.query<{ office: string }>('select office from audit_heads order by office')
  const heads: Manifest['auditHeads'] = []
  for (const { office } of rows)
    heads.push({ office, ...((await headToTell(client, office)) ?? { number: 0, mark: '' }) })
  return heads
}

async function noteLeaving(
  client: pg.PoolClient,
  sealing: Sealing,
  offices: Iterable<string>,
  now: Date,
): Promise<void> {
  await client.query('begin')
  for (const office of offices)
    await note(
      client,
      sealing,
      { office, actor: null, action: 'house_left', subject: now.toISOString() },
      now,
    )
  await client.query('commit')
}
