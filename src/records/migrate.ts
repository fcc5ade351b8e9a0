import { fileURLToPath } from 'node:url'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { Refusal } from '../lib/refusal.ts'
import type { DatabaseAddress } from './address.ts'
import type { Queryable } from './db.ts'
import { openClient } from './own-client.ts'

const migrationsFolder = fileURLToPath(new URL('migrations', import.meta.url))

/** Any number will do, as long as nothing else in this database locks it. A backup holds it shared. */
export const MIGRATION_KEY = 724_002

/** Another start may be migrating; a long one on a big table takes minutes, a forgotten session would take for ever. */
const lockLimit = '300s'

/** One step of the schema: its SQL, its hash, and when it was made (milliseconds). */
export type Step = MigrationMeta

/** A step as a database, or a backup of one, says it was taken. */
export type TakenStep = { hash: string; at: number }

/** The steps this program knows, oldest first. */
export function knownSteps(folder: string = migrationsFolder): Step[] {
  return readMigrationFiles({ migrationsFolder: folder })
}

/** The steps this database has taken, oldest first; none when it is empty. */
export async function takenSteps(on: Queryable): Promise<TakenStep[]> {
  const { rows: tables } = await on.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  )
  if (!tables[0]?.there) return []
  const { rows } = await on.query<{ hash: string; at: string | number }>(
    'select hash, created_at as at from drizzle.__drizzle_migrations order by created_at, id',
  )
  return rows.map(({ hash, at }) => ({ hash, at: Number(at) }))
}

/** Throws a Refusal when steps were taken that this program does not know: they are of a newer one. */
export function refuseNewer(taken: TakenStep[], known: Step[], what = 'The database has been changed'): void {
  const unknown = taken.filter(({ hash }) => !known.some(step => step.hash === hash))
  const last = unknown.at(-1)
  if (last === undefined) return
  throw new Refusal(
    `${what} by another version of Balai: ${unknown.length} of its schema's steps are unknown to this ` +
      `one, the last of ${new Date(last.at).toISOString().slice(0, 10)}. Nothing was touched. ` +
      'Your move: start that version or a later one, or restore the backup made before it.',
  )
}

/**
 * Takes these steps, in the transaction of whoever calls: all or none. They are noted down where drizzle's own migrator notes them,
 * whose transaction could not be shared with anything else.
 */
export async function takeSteps(client: Queryable, steps: Step[]): Promise<void> {
  await client.query('create schema if not exists drizzle')
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  for (const { sql, hash, folderMillis } of steps) {
    for (const statement of sql) await client.query(statement)
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ])
  }
}

/** What must hold of a database before the program works on it. `make` is called by one process at a time, only where it does not hold. */
export type Upkeep = { isDone(on: Queryable): Promise<boolean>; make(on: Queryable): Promise<void> }

/**
 * Brings the database's schema up to this code's, and then whatever else is to hold, in order. Any number of processes may call it at
 * once: one does the work under a lock and the others wait (without it 7 of 32 parallel starts crashed, guarantees M14). Where nothing
 * is to be done it waits for nobody, not even for a backup. Throws Refusal on a newer schema.
 */
export function migrate(
  address: DatabaseAddress,
  folder: string = migrationsFolder,
  more: readonly Upkeep[] = [],
): Promise<void> {
  return keepUp(address, [stepsTaken(knownSteps(folder)), ...more])
}

/** The same, where the schema stays as it is. */
export async function keepUp(address: DatabaseAddress, all: readonly Upkeep[]): Promise<void> {
  const { client, checkLost } = await openClient(address, 'balai migrate')
  try {
    if (await areDone(client, all)) return
    await client.query(`set lock_timeout = '${lockLimit}'`)
    await client.query('select pg_advisory_lock($1)', [MIGRATION_KEY])
    // Asked again: whoever held the lock before us may have done it all.
    for (const one of all) if (!(await one.isDone(client))) await one.make(client)
    checkLost()
  } catch (error) {
    throw (error as { code?: string }).code === '55P03' ? waitedLongEnough(error) : error
  } finally {
    // The lock goes with the connection.
    await client.end()
  }
}

async function areDone(on: Queryable, all: readonly Upkeep[]): Promise<boolean> {
  for (const one of all) if (!(await one.isDone(on))) return false
  return true
}

function stepsTaken(known: Step[]): Upkeep {
  return {
    isDone: async on => (await missingSteps(on, known)).length === 0,
    async make(on) {
      await on.query('begin')
      await takeSteps(on, await missingSteps(on, known))
      await on.query('commit')
    },
  }
}

async function missingSteps(client: Queryable, known: Step[]): Promise<Step[]> {
  const taken = await takenSteps(client)
  refuseNewer(taken, known)
  return known.filter(({ hash }) => !taken.some(step => step.hash === hash))
}

function waitedLongEnough(cause: unknown): Refusal {
  return new Refusal(
    `The database's schema must be changed, and for ${lockLimit} something else held it: another start, or a backup. ` +
      'Your move: let that end, then start again.',
    { cause },
  )
}
