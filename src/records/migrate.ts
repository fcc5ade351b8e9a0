import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
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
 * Applies the steps that are newer than the last one applied, all in one transaction, in drizzle's own table and as its migrator does:
 * that one comes with the whole query builder, which took 240 MiB and half a second of every start.
 */
async function applyNew(client: pg.Client, folder: string): Promise<void> {
  await client.query('create schema if not exists drizzle')
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  const { rows } = await client.query<{ last: string | null }>(
    'select max(created_at) as last from drizzle.__drizzle_migrations',
  )
  const last = Number(rows[0]?.last ?? 0)
  const fresh = readMigrationFiles({ migrationsFolder: folder }).filter(
    ({ folderMillis }) => folderMillis > last,
  )
  if (fresh.length === 0) return
  await client.query('begin')
  for (const { sql, hash, folderMillis } of fresh) {
    for (const statement of sql) await client.query(statement)
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ])
  }
  await client.query('commit')
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
    await applyNew(client, folder)
    if (lost) throw lost
  } finally {
    // The lock goes with the connection.
    await client.end()
  }
}
