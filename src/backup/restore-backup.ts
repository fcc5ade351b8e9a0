import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '../lib/refusal.ts'
import type { DatabaseAddress } from '../records/address.ts'
import type { FilePlace } from '../records/file-place.ts'
import { fingerprint, type Keyring } from '../records/keyring.ts'
import { knownSteps, MIGRATION_KEY, refuseNewer, takeSteps } from '../records/migrate.ts'
import { openClient } from '../records/own-client.ts'
import { checkBackup } from './check-backup.ts'
import { filePath, isSealedBy, type Manifest, readManifest } from './manifest.ts'
import { listedFiles } from './read-copy.ts'
import { holdRestored } from './restored.ts'
import { quoted } from './tables.ts'

export type RestoreParts = {
  /** The backup. */
  folder: string
  keyring: Keyring
  address: DatabaseAddress
  place: Pick<FilePlace, 'write'>
  now: Date
  say?(words: string): void
}

/**
 * Brings a backup into an empty database and the place of files. All of the database in one transaction: killed at any moment it is
 * as empty as before. What was waiting to be sent is held until a person lets it go. Throws a Refusal when anything is wrong with
 * the backup, before anything is touched.
 */
export async function restoreBackup(parts: RestoreParts): Promise<Manifest> {
  const { folder, keyring, say } = parts
  const signed = await readManifest(folder)
  const { manifest } = signed
  const known = knownSteps()
  refuseNewer(manifest.steps, known, 'This backup was made')
  if (manifest.keys !== fingerprint(keyring))
    throw new Refusal(
      'The key file does not belong to this backup. Your move: name the keys that were kept with it.',
    )
  if (!isSealedBy(signed, keyring))
    throw new Refusal(
      `${folder}/manifest.json was changed by somebody without the keys. Your move: take another backup.`,
    )
  say?.('reading every byte of the backup …')
  await checkBackup(folder, manifest)
  const { client } = await openClient(parts.address, 'balai restore')
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_KEY])
    await refuseUnlessEmpty(client)
    // The files first: without their rows they are only swept; rows without their files would promise what is not there.
    await restoreFiles(parts, manifest)
    await client.query('begin')
    const taken = known.filter(step => manifest.steps.some(({ hash }) => hash === step.hash))
    await takeSteps(client, taken)
    await copyIn(client, folder, manifest, say)
    await takeSteps(
      client,
      known.filter(step => !taken.includes(step)),
    )
    await holdRestored(client, { madeAt: manifest.madeAt, restoredAt: parts.now.toISOString() })
    await client.query('commit')
    // So that the first statements are planned for what is there.
    await client.query('analyze')
  } finally {
    await client.end()
  }
  return manifest
}

/** Throws a Refusal when there is any table. */
export async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') limit 3`,
  )
  if (rows.length === 0) return
  throw new Refusal(
    `The database is not empty (${rows.map(({ name }) => name).join(', ')} …), and a restore never overwrites. Nothing was touched. ` +
      'Your move: set another DATA_DIR or DATABASE_URL, or move the old one away.',
  )
}

async function copyIn(
  client: pg.Client,
  folder: string,
  { tables, sequences }: Manifest,
  say?: (words: string) => void,
): Promise<void> {
  for (const { name, file, columns, rows } of tables) {
    if (rows > 0) say?.(`${name}: ${rows} rows`)
    // What triggers did once must not be done to the same rows again.
    await client.query(`alter table ${quoted(name)} disable trigger user`)
    const stream = client.query(
      copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`),
    )
    await pipeline(createReadStream(join(folder, file)), createGunzip(), stream)
    await client.query(`alter table ${quoted(name)} enable trigger user`)
    if (stream.rowCount !== rows)
      throw new Error(`${name}: ${stream.rowCount} rows came in, and ${rows} were copied out.`)
  }
  for (const { name, value } of sequences)
    await client.query('select setval($1::regclass, $2)', [quoted(name), value])
}

async function restoreFiles({ folder, place, say }: RestoreParts, { files }: Manifest): Promise<void> {
  say?.(`${files.count} files`)
  for await (const { id } of listedFiles(folder)) await place.write(id, await readFile(filePath(folder, id)))
}
