import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../../lib/refusal.ts'
import type { ServerAddress } from '../address.ts'
import { database, passwordOf, USERS, type User } from './cluster.ts'
import { isAlive, isStranger, type Postmaster, readPostmaster } from './postmaster.ts'
import { type Cluster, spawnServer } from './server.ts'

/** How long a server may take to appear, and how long to recover after a crash, before we give up. */
const appearMs = 20_000
const recoverMs = 180_000

/** Last words of a server that found another one there, or what a killed one left: it is worth another try. */
const passing =
  /already exists|pre-existing shared memory block|shutting down|starting up|Address already in use/

export async function addressOf(cluster: Cluster, server: Postmaster, who: User): Promise<ServerAddress> {
  const password = await passwordOf(cluster.place, who)
  const host = process.platform === 'win32' ? '127.0.0.1' : server.socketFolder
  return { host, port: server.port, user: USERS[who], database, ...(password !== undefined && { password }) }
}

/** What a connection is called, and whose it is. */
export type Knocking = { name: string; who: User }

/** Knocks once. 'absent': nobody is there. 'busy': somebody is, and starts, recovers or stops. */
async function knock(
  cluster: Cluster,
  { name, who }: Knocking,
): Promise<pg.Client | 'absent' | 'busy' | 'recovering'> {
  const server = await readPostmaster(cluster.folder)
  if (server === undefined || server.port === 0) return 'absent'
  const address = await addressOf(cluster, server, who)
  const client = new pg.Client({
    ...address,
    database: 'postgres',
    application_name: name,
    connectionTimeoutMillis: 1500,
  })
  // Without a listener a dying server would end our process too (guarantees M3). Whoever gets the client adds a real one.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    const { code } = error as NodeJS.ErrnoException
    if (code === '57P03') return 'recovering'
    if (code === '28P01' || code === '28000') throw error
    const there = isAlive(server.pid) && !(await isStranger(server.pid))
    return there ? 'busy' : 'absent'
  }
}

/**
 * A connection to the cluster's server, which is started if none runs. One that is just starting, recovering or stopping is
 * waited for. Needs no lock of ours: that only one server runs on a folder is PostgreSQL's own promise.
 */
export async function reach(cluster: Cluster, knocking: Knocking, signal?: AbortSignal): Promise<pg.Client> {
  const began = performance.now()
  let lastSign = began
  let running = false
  let failures = 0
  let lastWords = ''
  for (;;) {
    signal?.throwIfAborted()
    const answer = await knock(cluster, knocking)
    if (answer instanceof pg.Client) return answer
    const now = performance.now()
    if (answer === 'recovering') lastSign = now
    if (now - lastSign > appearMs || now - began > recoverMs || failures >= 3) {
      throw new Refusal(
        `The database server of ${cluster.place.folder} does not start. ${lastWords.trim().split('\n').at(-1) ?? ''} ` +
          `Your move: read ${cluster.place.folder}/server.log; a full disk is the most frequent reason.`,
      )
    }
    // Where a pid cannot be told from another program's, PostgreSQL itself decides after three seconds.
    if (!running && (answer === 'absent' || (answer === 'busy' && now - lastSign > 3000))) {
      running = true
      const { ended } = await spawnServer(cluster)
      ended.then(
        words => {
          lastWords = words
          failures += passing.test(words) ? 0 : 1
          running = false
        },
        () => {
          running = false
        },
      )
    }
    await wait(failures > 0 ? 200 : 15)
  }
}
