import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openLog } from '../../../src/lib/log.ts'
import type { ServerAddress } from '../../../src/records/address.ts'
import { type Db, openDb } from '../../../src/records/db.ts'
import { startThrowAway } from '../../../src/records/embedded/throw-away.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import { migrate } from '../../../src/records/migrate.ts'
import { createSealing, type Sealing } from '../../../src/records/sealing.ts'
import type { Orders } from './wire.ts'

/** A PostgreSQL of the check's own, syncing to the disk as the real one does; and databases of the line in it. */
export type Server = {
  /** A fresh database with the line's tables, and keys of its own. */
  database(name: string): Promise<Records>
  /** A fresh database without any table. */
  empty(name: string): Promise<ServerAddress>
  /** A pool on a database of this server; closed with it. */
  open(address: ServerAddress): Db
  pid(): Promise<number | undefined>
  stop(): Promise<void>
}

/** One database as parent and child see it. */
export type Records = {
  orders: Pick<Orders, 'database' | 'keys'>
  address: ServerAddress
  db: Db
  sealing: Sealing
  keyring: Keyring
}

/** `settings` of PostgreSQL beyond those of a small office's own. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  const embedded = await startThrowAway(openLog('silent'), {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: '120',
    ...settings,
  })
  const opened: Db[] = []
  async function empty(name: string): Promise<ServerAddress> {
    const client = new pg.Client(embedded.owner)
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    return { ...embedded.owner, database: name }
  }
  function open(address: ServerAddress): Db {
    const db = openDb(address, { max: 3, connectMs: 30_000, statementMs: 30_000 })
    opened.push(db)
    return db
  }
  return {
    empty,
    open,
    async database(name) {
      const address = await empty(name)
      await migrate(address)
      const keys = { lookup: randomBytes(32).toString('base64'), outer: randomBytes(32).toString('base64') }
      const db = open(address)
      const keyring = {
        lookup: Buffer.from(keys.lookup, 'base64'),
        outer: [{ id: 1, key: Buffer.from(keys.outer, 'base64') }],
      }
      return { orders: { database: address, keys }, address, db, sealing: createSealing(keyring), keyring }
    },
    pid: () => embedded.serverPid(),
    async stop() {
      for (const db of opened) await db.close()
      await embedded.stop()
    },
  }
}
