import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyAll } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { Refusal } from '../lib/refusal.ts'
import { connectionOf, type DatabaseAddress } from './address.ts'

const migrationsFolder = fileURLToPath(new URL('migrations', import.meta.url))

/** Any number will do, as long as nothing else in this database locks it. */
const migrationKey = 724_002

/** Another start may be migrating; a long one on a big table takes minutes, a forgotten session would take for ever. */
const lockLimit = '300s'

async function refuseNewer(client: pg.Client, folder: string): Promise<void> {
  const table = await client.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  )
  if (!table.rows[0]?.there) return
  const known = readMigrationFiles({ migrationsFolder: folder }).map(migration => migration.hash)
  const { rows } = await client.query<{ at: Date }>(
    `select to_timestamp(created_at::float8 / 1000) as at from drizzle.__drizzle_migrations
     where hash <> all ($1) order by created_at desc`,
    [known],
  )
  if (rows[0] === undefined) return
  throw new Refusal(
    `The database has been changed by another version of Balai: ${rows.length} of its schema's steps are unknown to this ` +
      `one, the last of ${rows[0].at.toISOString().slice(0, 10)}. Nothing was touched. ` +
      'Your move: start that version or a later one, or restore the backup made before it.',
  )
}

/**
 * Brings the database's schema up to this code's. Any number of processes may call it at once: one does the work under a lock
 * and the others wait (without it 7 of 32 parallel starts crashed, guarantees M14). Throws Refusal on a newer schema.
 */
export async function migrate(address: DatabaseAddress, folder: string = migrationsFolder): Promise<void> {
  const client = new pg.Client({
    ...connectionOf(address),
    application_name: 'balai migrate',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  let lost: Error | undefined
  client.on('error', error => {
    lost = error
  })
  await client.connect()
  try {
    await client.query(`set lock_timeout = '${lockLimit}'`)
    await client.query('select pg_advisory_lock($1)', [migrationKey])
    await refuseNewer(client, folder)
    await applyAll(drizzle(client), { migrationsFolder: folder })
    if (lost) throw lost
  } finally {
    // The lock goes with the connection.
    await client.end()
  }
}
