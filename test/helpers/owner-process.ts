/**
 * A program of its own that owns an embedded database, to be killed. `node owner-process.ts DATA_DIR [write] [naive]`.
 * Says on stdout, a line each: `ready SERVER_PID`, `refused OWNER_PID`, `failed WORDS`, `ack ID`, `lost`,
 * and `server PID` before the first `ack` of each server.
 * SIGTERM stops it in order. `naive` takes no owner's lock: what a design without one would do.
 */
import { randomUUID } from 'node:crypto'
import { openLog } from '../../src/lib/log.ts'
import { openDb } from '../../src/records/db.ts'
import { findBinaries } from '../../src/records/embedded/binaries.ts'
import { makeCluster } from '../../src/records/embedded/cluster.ts'
import { AlreadyOwned } from '../../src/records/embedded/owner.ts'
import { findPlace } from '../../src/records/embedded/place.ts'
import { endServer, readPostmaster } from '../../src/records/embedded/postmaster.ts'
import { reach } from '../../src/records/embedded/reach.ts'
import { type Embedded, startEmbedded } from '../../src/records/embedded/start.ts'

const [dataDir = '', ...flags] = process.argv.slice(2)
const log = openLog('silent')
const say = (line: string) => process.stdout.write(`${line}\n`)

async function startWithoutLock(): Promise<Embedded> {
  const place = await findPlace(dataDir)
  const binaries = await findBinaries(place.runAs, place.home)
  const folder = await makeCluster(place, binaries)
  const client = await reach(
    { place, folder, binaries, port: 5432, settings: {} },
    { name: 'naive', who: 'owner' },
  )
  const connection = { host: client.host, port: client.port, user: 'balai', database: 'postgres' }
  const stop = async () => endServer(folder, 6000)
  return {
    connection,
    owner: connection,
    folder,
    serverPid: async () => (await readPostmaster(folder))?.pid,
    stop,
  }
}

async function start(): Promise<Embedded> {
  if (flags.includes('naive')) return startWithoutLock()
  return startEmbedded({ dataDir, log, onLost: () => say('lost') })
}

/** Inserts row after row; one that failed is left, as its fate is unknown, and the next is tried. */
async function write(embedded: Embedded, stopping: () => boolean): Promise<void> {
  const db = openDb(embedded.owner, { max: 2 })
  const table = 'create table if not exists acknowledged (id uuid primary key)'
  let said: number | undefined
  while (!stopping()) {
    const id = randomUUID()
    try {
      await db.pool.query(table)
      await db.pool.query('insert into acknowledged values ($1)', [id])
      const serverPid = await embedded.serverPid()
      if (serverPid !== said && serverPid !== undefined) say(`server ${serverPid}`)
      said = serverPid
      say(`ack ${id}`)
    } catch {
      await new Promise(done => setTimeout(done, 5))
    }
  }
  await db.close()
}

let stopping = false
try {
  const embedded = await start()
  const writing = flags.includes('write') ? write(embedded, () => stopping) : Promise.resolve()
  process.once('SIGTERM', async () => {
    stopping = true
    await writing
    await embedded.stop()
    process.exit(0)
  })
  say(`ready ${await embedded.serverPid()}`)
} catch (error) {
  if (error instanceof AlreadyOwned) say(`refused ${error.pid}`)
  else say(`failed ${String(error).replaceAll('\n', ' ')}`)
  process.exitCode = 1
}
