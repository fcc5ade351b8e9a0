import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../../lib/log.ts'
import type { ServerAddress } from '../address.ts'
import { findBinaries } from './binaries.ts'
import { database, makeCluster } from './cluster.ts'
import { AlreadyOwned, own } from './owner.ts'
import { findPlace } from './place.ts'
import { readPostmaster } from './postmaster.ts'
import { makeProgramUser, takeTemporaryTables } from './program-user.ts'
import { addressOf, reach } from './reach.ts'
import type { Cluster } from './server.ts'
import { socketPort } from './socket.ts'
import { type Ownership, supervise } from './supervise.ts'

export type EmbeddedOptions = {
  dataDir: string
  log: Log
  /** Called once if, after the server died, somebody else became its owner first. Stop then: nothing here is ours. */
  onLost?: (reason: AlreadyOwned) => void
  /** Server settings that differ from ours; for tests. */
  settings?: Record<string, string>
}

/** A running server of our own. Its addresses stay the same while the server is restarted under us. */
export type Embedded = {
  /** As the running program, which may read and write rows. */
  connection: ServerAddress
  /** As the superuser who owns the tables: to migrate, back up and restore, and for nothing that runs on. */
  owner: ServerAddress
  /** Where its files lie. */
  folder: string
  /** The server's process now; undefined while it is down. */
  serverPid(): Promise<number | undefined>
  /** Stops the server in order and resolves when it is gone. To be called last; again does nothing. */
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address !== null ? address.port : socketPort
}

async function prepare(options: EmbeddedOptions): Promise<Cluster> {
  const place = await findPlace(options.dataDir)
  const binaries = await findBinaries(place.runAs, place.home)
  const folder = await makeCluster(place, binaries)
  const port = process.platform === 'win32' ? await freePort() : socketPort
  return { place, folder, binaries, port, settings: options.settings ?? {} }
}

async function addressesNow(cluster: Cluster): Promise<Pick<Embedded, 'connection' | 'owner'>> {
  const server = await readPostmaster(cluster.folder)
  if (server === undefined) throw new Error('The database server ended just after it had started.')
  cluster.port = server.port
  return {
    connection: await addressOf(cluster, server, 'program'),
    owner: await addressOf(cluster, server, 'owner'),
  }
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${database}`)
}

async function embeddedOf(cluster: Cluster, ownership: Ownership | undefined): Promise<Embedded> {
  return {
    ...(await addressesNow(cluster)),
    folder: cluster.folder,
    serverPid: async () => (await readPostmaster(cluster.folder))?.pid,
    stop: async () => ownership?.giveUp(),
  }
}

/**
 * Starts PostgreSQL on DATA_DIR, or takes over one that a killed owner left running, and owns it until `stop`. If the server
 * dies under us it is started again. Throws AlreadyOwned when another process has it, Refusal when it cannot be had.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const cluster = await prepare(options)
  const superuser = await reach(cluster, { name: 'balai start', who: 'owner' })
  try {
    await makeProgramUser(superuser, cluster.place)
    const ownership = supervise(cluster, await own(cluster), options)
    try {
      await makeDatabase(superuser)
      await takeTemporaryTables(superuser)
      options.log.info('database server is ours', { pid: (await readPostmaster(cluster.folder))?.pid ?? 0 })
      return await embeddedOf(cluster, ownership)
    } catch (error) {
      await ownership.giveUp()
      throw error
    }
  } finally {
    await superuser.end()
  }
}

/**
 * For commands beside a running Balai: joins the server that owns DATA_DIR, whose stop is not ours to order. If none runs,
 * one is started, and `stop` stops it.
 */
export async function joinEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await startEmbedded(options)
  } catch (error) {
    if (!(error instanceof AlreadyOwned)) throw error
    const cluster = await prepare(options)
    const client = await reach(cluster, { name: 'balai join', who: 'program' })
    try {
      // The owner may be on its first start: then a moment later the database is there.
      const until = performance.now() + 10_000
      while (performance.now() < until) {
        const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
        if (rowCount === 1) break
        await wait(20)
      }
    } finally {
      await client.end()
    }
    return embeddedOf(cluster, undefined)
  }
}
