import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { refuseUnlessEmpty } from '../backup/restore-backup.ts'
import { holdRestored } from '../backup/restored.ts'
import { Refusal } from '../lib/refusal.ts'
import type { DatabaseAddress } from '../records/address.ts'
import { types } from '../records/db.ts'
import type { FilePlace } from '../records/file-place.ts'
import { noteFact } from '../records/house-facts.ts'
import { fingerprint, type Keyring } from '../records/keyring.ts'
import { knownSteps, MIGRATION_KEY, refuseNewer, takeSteps } from '../records/migrate.ts'
import { openClient } from '../records/own-client.ts'
import { createSealing, type Sealing } from '../records/sealing.ts'
import { bringTable, type Chains, endChains } from './bring-tables.ts'
import { checkFolder, listedFiles } from './check-folder.ts'
import { houseTables } from './house-tables.ts'
import { isSealedBy, type Manifest, readManifest } from './manifest.ts'

export type BringParts = {
  /** What `writeHouse` wrote. */
  folder: string
  /** The keys of the house it comes from: PINs and receipts of citizens hold with them alone. */
  keyring: Keyring
  mode: 'trial' | 'live'
  address: DatabaseAddress
  place: Pick<FilePlace, 'write'>
  now: Date
  say?(words: string): void
}

// What was on its way to somebody cannot be found by its number any more: it may have arrived, and is not said again.
const UNKNOWN = `update announced set state = 'unknown', cause = 'moved' where state in ('queued', 'held')`

/**
 * Brings a house that left into an empty database and the place of files; words get new data keys. All of the database in one
 * transaction: killed at any moment it is as empty as before. What waited to be sent is held until a person lets it go, as after a
 * restore. Throws a Refusal when anything is wrong with the folder, before anything is touched.
 */
export async function bringHouse(parts: BringParts): Promise<Manifest> {
  const { folder, keyring, say } = parts
  const signed = await readManifest(folder)
  const { manifest } = signed
  refuseStranger(signed, parts)
  const known = knownSteps()
  refuseNewer(manifest.steps, known, 'This house was written')
  say?.('reading every byte …')
  await checkFolder(folder, manifest)
  const { client } = await openClient(parts.address, 'balai leave', { types })
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_KEY])
    await refuseUnlessEmpty(client)
    const sealing = createSealing(keyring)
    await client.query(`set timezone = 'UTC'`)
    await client.query('begin')
    const taken = known.filter(step => manifest.steps.some(({ hash }) => hash === step.hash))
    await takeSteps(client, taken)
    await bringTables(client, sealing, parts, manifest)
    await takeSteps(
      client,
      known.filter(step => !taken.includes(step)),
    )
    await noteFact(client, 'sealing_key', fingerprint(keyring))
    await noteFact(client, 'mode', manifest.mode)
    await holdRestored(client, { madeAt: manifest.madeAt, restoredAt: parts.now.toISOString() })
    await client.query(UNKNOWN)
    // Under keys that only stand in this transaction: should it fail, they are swept as what nobody owns.
    await bringFiles(client, sealing, parts, manifest)
    await client.query('commit')
    // So that the first statements are planned for what is there.
    await client.query('analyze')
  } finally {
    await client.end()
  }
  return manifest
}

function refuseStranger(
  signed: { manifest: Manifest; seal: string },
  { folder, keyring, mode }: BringParts,
): void {
  if (signed.manifest.keys !== fingerprint(keyring))
    throw new Refusal(
      'The key file does not belong to this house: PINs and receipts of its citizens would be dead. ' +
        'Your move: put the key file of the house it comes from where SEALING_KEY_FILE says.',
    )
  if (!isSealedBy(signed, keyring))
    throw new Refusal(
      `${folder}/manifest.json was changed by somebody without the keys. Your move: take it once more from where it was written.`,
    )
  if (signed.manifest.mode !== mode)
    throw new Refusal(
      `This house was in ${signed.manifest.mode} mode, and neither mode ever becomes the other. Your move: MODE=${signed.manifest.mode}.`,
    )
}

async function bringTables(
  client: pg.Client,
  sealing: Sealing,
  { folder, say }: BringParts,
  manifest: Manifest,
): Promise<void> {
  const chains: Chains = new Map()
  // In the order of this schema: those whose rows others name come first.
  for (const table of await houseTables(client)) {
    const file = manifest.tables.find(({ name }) => name === table.name)
    if (file === undefined) continue
    if (file.rows > 0) say?.(`${file.name}: ${file.rows} rows`)
    await bringTable(client, sealing, { folder, table, file, chains })
  }
  await endChains(client, sealing, chains)
}

async function bringFiles(
  client: pg.Client,
  sealing: Sealing,
  { folder, place, say }: BringParts,
  { files }: Manifest,
): Promise<void> {
  say?.(`${files.count} files`)
  for await (const { id, file } of listedFiles(folder)) {
    const { rows } = await client.query<{ wrapped_key: Buffer }>(
      'select wrapped_key from files where id = $1',
      [id],
    )
    const [row] = rows
    if (row === undefined) throw new Error(`The file ${id} has no row.`)
    const key = sealing.unwrap(row.wrapped_key, `files.${id}`)
    await place.write(id, sealing.sealBytes(key, `files.bytes.${id}`, await readFile(join(folder, file))))
  }
}
