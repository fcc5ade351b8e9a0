import type { Config } from './config.ts'
import type { Log } from './lib/log.ts'
import { prepareDatabase, type Roles } from './prepare-database.ts'
import type { DatabaseAddress } from './records/address.ts'
import { type Db, openDb } from './records/db.ts'
import { type Embedded, joinEmbedded, startEmbedded } from './records/embedded/start.ts'
import { spaceAt, wordsKeeper } from './records/free-space.ts'

/** Connections of one process: turns use one at a time, the rest is for pages and deliveries. */
const CONNECTIONS = 10

/** A database that is ours to use. `alone`: no other process can be working on it. */
export type Records = {
  db: Db
  /** As the program, which may read and write rows and nothing else. */
  address: DatabaseAddress
  alone: boolean
  /** Whether its disk has room for more words; undefined where that disk is not ours to look at. */
  hasRoom?: () => boolean
  close(): Promise<void>
}

/** Where the records are, for whoever opens them itself. */
export type Place = Roles & { close(): Promise<void> }

/** The records as configured: the operator's PostgreSQL, or the embedded one in DATA_DIR; migrated either way. */
export async function openRecords(config: Config, log: Log, onLost: () => void): Promise<Records> {
  if (config.databaseUrl !== undefined) {
    const { program } = await ready(configured(config, config.databaseUrl), 'migrated')
    const db = openDb(program, { max: CONNECTIONS, log })
    return { db, address: program, alone: false, close: () => db.close() }
  }
  const embedded = await startEmbedded({ dataDir: config.dataDir, log, onLost })
  const { program, close } = await ready(placeOf(embedded), 'migrated')
  const db = openDb(program, { max: CONNECTIONS, log })
  return {
    db,
    address: program,
    alone: true,
    hasRoom: wordsKeeper(() => spaceAt(embedded.folder)),
    async close() {
      await db.close()
      await close()
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
  const { program, close } = await ready(placeOf(embedded), 'migrated')
  const db = openDb(program, { max: 2, log })
  return {
    db,
    address: program,
    alone: false,
    async close() {
      await db.close()
      await close()
    },
  }
}

/** Where the records are, as they stand: nothing is migrated. Else as `joinRecords`. */
export async function joinAsTheyAre(config: Config, log: Log): Promise<Place> {
  const { databaseUrl, dataDir } = config
  const place =
    databaseUrl === undefined
      ? placeOf(await joinEmbedded({ dataDir, log }))
      : configured(config, databaseUrl)
  return ready(place, 'as it is')
}

/**
 * Where records are to be brought to, by the owner of the tables to be: nobody else may be at work there. Throws a Refusal when Balai
 * runs on that DATA_DIR.
 */
export async function ownRecords(
  { databaseUrl, databaseOwnerUrl, dataDir }: Config,
  log: Log,
): Promise<{ address: DatabaseAddress; close(): Promise<void> }> {
  if (databaseUrl !== undefined)
    return { address: databaseOwnerUrl ?? databaseUrl, close: () => Promise.resolve() }
  const embedded = await startEmbedded({ dataDir, log })
  return { address: embedded.owner, close: () => embedded.stop() }
}

function configured({ databaseOwnerUrl: owner }: Config, program: string): Place {
  return { owner, program, close: () => Promise.resolve() }
}

function placeOf({ owner, connection: program, stop }: Embedded): Place {
  return { owner, program, close: stop }
}

/** Left as it was found when it cannot be made ready. */
async function ready(place: Place, schema: 'migrated' | 'as it is'): Promise<Place> {
  try {
    await prepareDatabase(place, schema)
    return place
  } catch (error) {
    await place.close()
    throw error
  }
}
