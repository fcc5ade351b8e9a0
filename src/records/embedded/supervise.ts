import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { faultOf, type Log } from '../../lib/log.ts'
import { AlreadyOwned, own } from './owner.ts'
import { endServer, readPostmaster } from './postmaster.ts'
import type { Cluster } from './server.ts'

/** Holding the owner's lock. `giveUp` stops the server, if it is still ours, and resolves when it is gone. */
export type Ownership = { giveUp(): Promise<void> }

/** Longest wait for an orderly stop, in milliseconds: a stop order has ten seconds in all. */
const stopMs = 6000

/** The connection that holds the lock ended: the server died, or somebody cut us off. Resolves then. */
function endOf(client: pg.Client): Promise<void> {
  return new Promise(done => {
    client.once('error', () => done())
    client.once('end', () => done())
  })
}

type Watch = { log: Log; onLost?: (reason: AlreadyOwned) => void }

/**
 * Keeps the server alive and ours: when the lock's connection ends, the server is started again if need be, and the lock
 * taken again. Tries once a second, for ever: a full disk is emptied some day, and meanwhile doors answer 503.
 */
export function supervise(cluster: Cluster, first: pg.Client, { log, onLost }: Watch): Ownership {
  const stopping = new AbortController()
  let client: pg.Client | undefined = first

  async function regain(): Promise<pg.Client | undefined> {
    for (let attempts = 1; !stopping.signal.aborted; attempts += 1) {
      try {
        const again = await own(cluster, stopping.signal)
        log.warn('database server is ours again', { attempts })
        return again
      } catch (error) {
        if (stopping.signal.aborted) return undefined
        if (error instanceof AlreadyOwned) {
          log.error('database server has another owner', { pid: error.pid })
          onLost?.(error)
          return undefined
        }
        log.error('database server does not start', { attempts, ...faultOf(error) })
        await wait(1000, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  async function watch(): Promise<void> {
    while (client !== undefined) {
      await endOf(client)
      if (stopping.signal.aborted) return
      log.warn('connection to the database server ended')
      client = undefined
      client = await regain()
    }
  }
  const watching = watch()

  async function stop(): Promise<void> {
    const held = client
    stopping.abort()
    if (held === undefined) {
      await watching
      // Stopped in the middle of a restart: the server may be up with nobody holding it. Not if somebody else does.
      if (client === undefined && (await readPostmaster(cluster.folder)) !== undefined) {
        client = await own(cluster).catch(() => undefined)
      }
    }
    if (client !== undefined) {
      // Still under the lock, so nobody can have become the owner of what we stop.
      await endServer(cluster.folder, stopMs)
      await client.end().catch(() => undefined)
    }
    await watching
  }
  let stopped: Promise<void> | undefined
  return {
    giveUp() {
      stopped ??= stop()
      return stopped
    },
  }
}
