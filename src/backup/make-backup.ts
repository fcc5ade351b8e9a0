import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { Refusal } from '../lib/refusal.ts'
import type { DatabaseAddress } from '../records/address.ts'
import type { FilePlace } from '../records/file-place.ts'
import { houseFact, noteFact } from '../records/house-facts.ts'
import { fingerprint, type Keyring } from '../records/keyring.ts'
import { MIGRATION_KEY, takenSteps } from '../records/migrate.ts'
import { openClient } from '../records/own-client.ts'
import { copyFiles } from './copy-files.ts'
import { copyOut } from './copy-out.ts'
import { FORMAT, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { columnOf } from './read-copy.ts'
import { sequencesOf, tablesOf } from './tables.ts'

export type BackupParts = {
  address: DatabaseAddress
  places: Pick<FilePlace, 'read'>[]
  keyring: Keyring
  /** Where backups are kept, each in a folder of its own. */
  into: string
  /** Version of this program. */
  balai: string
  now: Date
  say?(words: string): void
}

/** Folders of backups, oldest first: their names are their times. */
export const NAME = /^\d{8}T\d{6}Z$/

export function nameOf(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, '')
}

/**
 * Makes a backup while the line goes on: one snapshot of the database, then the files its rows name. It appears whole or not at
 * all. Memory stays flat whatever the size. The schema waits for it, nothing else does.
 */
export async function makeBackup(parts: BackupParts): Promise<{ folder: string; manifest: Manifest }> {
  const { into, now, keyring } = parts
  await mkdir(into, { recursive: true, mode: 0o700 })
  const folder = join(into, nameOf(now))
  const making = `${folder}.half`
  await sweepHalves(into)
  await mkdir(join(making, 'tables'), { recursive: true, mode: 0o700 })
  const { client, checkLost } = await openClient(parts.address, 'balai backup')
  try {
    const database = await copyDatabase(client, making, parts)
    parts.say?.('files …')
    const files = await copyFiles({
      on: client,
      places: parts.places,
      folder: making,
      before: await newestIn(into),
      ids: columnOf(making, database, 'public.files', 'id'),
    })
    checkLost()
    const manifest = { ...database, files }
    await writeManifest(making, manifest, keyring)
    await rename(making, folder)
    await noteFact(client, 'last_backup', now.toISOString())
    await client.end()
    return { folder, manifest }
  } catch (error) {
    // In the middle of a table the server would wait for us to read on, and we for its goodbye.
    client.connection.stream.destroy()
    await rm(making, { recursive: true, force: true })
    throw error
  }
}

async function copyDatabase(
  client: pg.Client,
  folder: string,
  { keyring, balai, now, say }: BackupParts,
): Promise<Omit<Manifest, 'files'>> {
  // Before the snapshot, and shared: the schema stays as it is, and backups do not wait for each other.
  await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_KEY])
  await client.query('begin isolation level repeatable read read only')
  const steps = await takenSteps(client)
  if (steps.length === 0)
    throw new Refusal('There is nothing to back up: this database has no tables of Balai.')
  const keys = fingerprint(keyring)
  if ((await houseFact(client, 'sealing_key')) !== keys)
    throw new Refusal(
      'The sealing key does not belong to this database. Your move: name the key file that is in use.',
    )
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const tables: Manifest['tables'] = []
  for (const table of await tablesOf(client)) {
    say?.(`${table.name} …`)
    tables.push(await copyOut(client, table, folder))
  }
  // Sequences know no snapshot; read last, they stand at or behind every number that was copied.
  const sequences = await sequencesOf(client)
  await client.query('commit')
  const postgres = rows[0]?.server_version ?? ''
  return { format: FORMAT, madeAt: now.toISOString(), balai, postgres, steps, tables, sequences, keys }
}

/** The newest whole backup of a place; undefined when it has none. */
async function newestIn(into: string): Promise<string | undefined> {
  const names = (await readdir(into)).filter(name => NAME.test(name)).sort()
  for (const name of names.reverse()) {
    const folder = join(into, name)
    const whole = await readManifest(folder).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      return undefined
    })
    if (whole !== undefined) return folder
  }
  return undefined
}

/** What backups that were killed left behind, once they are a day old: a younger one may be under way. */
async function sweepHalves(into: string): Promise<void> {
  for (const name of await readdir(into)) {
    if (name.endsWith('.half') && NAME.test(name.slice(0, -5)) && isOld(name)) {
      await rm(join(into, name), { recursive: true, force: true })
    }
  }
}

const DAY_MS = 86_400_000
function isOld(name: string): boolean {
  return Date.now() - timeOf(name).getTime() > DAY_MS
}

/** When a backup of this name was made. */
export function timeOf(name: string): Date {
  return new Date(
    name.slice(0, 16).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
}
