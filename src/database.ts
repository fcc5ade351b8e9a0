import type { Config } from './config.ts'
import type { Log } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import type { DatabaseAddress } from './records/address.ts'
import { isAway } from './records/away.ts'
import { type Db, openDb } from './records/db.ts'
import { joinEmbedded, startEmbedded } from './records/embedded/start.ts'
import { spaceAt, wordsKeeper } from './records/free-space.ts'
import { migrate } from './records/migrate.ts'

/** Connections of one process: turns use one at a time, the rest is for pages and deliveries. */
const CONNECTIONS = 10

/** A database that is ours to use. `alone`: no other process can be working on it. */
export type Records = {
  db: Db
  address: DatabaseAddress
  alone: boolean
  /** Whether its disk has room for more words; undefined where that disk is not ours to look at. */
  hasRoom?: () => boolean
  close(): Promise<void>
}

/** The records as configured: the operator's PostgreSQL, or the embedded one in DATA_DIR; migrated either way. */
export async function openRecords(config: Config, log: Log, onLost: () => void): Promise<Records> {
  if (config.databaseUrl !== undefined) {
    await migrate(config.databaseUrl).catch(refuseIfAway)
    const db = openDb(config.databaseUrl, { max: CONNECTIONS, log })
    return { db, address: config.databaseUrl, alone: false, close: () => db.close() }
  }
  const embedded = await startEmbedded({ dataDir: config.dataDir, log, onLost })
  try {
    await migrate(embedded.connection)
  } catch (error) {
    await embedded.stop()
    throw error
  }
  const db = openDb(embedded.connection, { max: CONNECTIONS, log })
  return {
    db,
    address: embedded.connection,
    alone: true,
    hasRoom: wordsKeeper(() => spaceAt(embedded.folder)),
    async close() {
      await db.close()
      await embedded.stop()
    },
  }
}

/**
 * The records for a command beside a running Balai: its embedded server is joined; with none running it is started, and stopped
 * with `close`.
 */
export async function joinRecords(config: Config, log: Log): Promise<Records> {
  if (config.databaseUrl !== undefined) return openRecords(config, log, () => undefined)
  const embedded = await joinEmbedded({ dataDir: config.dataDir, log })
  await migrate(embedded.connection)
  const db = openDb(embedded.connection, { max: 2, log })
  return {
    db,
    address: embedded.connection,
    alone: false,
    async close() {
      await db.close()
      await embedded.stop()
    },
  }
}

/** Where the records are, as they stand: nothing is migrated. Else as `joinRecords`. */
export async function joinAsTheyAre(
  config: Config,
  log: Log,
): Promise<{ address: DatabaseAddress; close(): Promise<void> }> {
  if (config.databaseUrl !== undefined) return { address: config.databaseUrl, close: () => Promise.resolve() }
  const embedded = await joinEmbedded({ dataDir: config.dataDir, log })
  return { address: embedded.connection, close: () => embedded.stop() }
}

/** Where records are to be brought to: nobody else may be at work there. Throws a Refusal when Balai runs on that DATA_DIR. */
export async function ownRecords(
  config: Config,
  log: Log,
): Promise<{ address: DatabaseAddress; close(): Promise<void> }> {
  if (config.databaseUrl !== undefined) return joinAsTheyAre(config, log)
  const embedded = await startEmbedded({ dataDir: config.dataDir, log })
  return { address: embedded.connection, close: () => embedded.stop() }
}

/** The address itself stays out of it: it may hold a password. */
function refuseIfAway(error: unknown): never {
  if (!isAway(error)) throw error
  const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
  throw new Refusal(
    `The database that DATABASE_URL names cannot be reached (${why}). ` +
      'Your move: start it or correct the address; or leave DATABASE_URL empty, and Balai brings its own.',
    { cause: error },
  )
}
