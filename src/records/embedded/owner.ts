import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { Refusal } from '../../lib/refusal.ts'
import { isAlive } from './postmaster.ts'
import { reach } from './reach.ts'
import type { Cluster } from './server.ts'

/** Any number will do, as long as nobody else uses it in the database `postgres` of a cluster of ours. */
const ownerKey = 724_001

/** Another Balai has this DATA_DIR. `pid` is its process, 0 if it did not say. */
export class AlreadyOwned extends Refusal {
  readonly pid: number

  constructor(dataDir: string, pid: number) {
    super(
      `Balai already runs on ${dataDir}, as process ${pid}. Your move: stop that one first, or set another DATA_DIR.`,
    )
    this.pid = pid
  }
}

const ownerName = (pid: number) => `balai owner pid=${pid}`

async function holderOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.objid = $1 and l.classid = 0`,
    [ownerKey],
  )
  return rows[0] === undefined ? undefined : Number(rows[0].name.match(/pid=(\d+)/)?.[1] ?? 0)
}

/**
 * Becomes the cluster's owner: the one session that holds the lock, for as long as this connection lives. It has no more rights than the
 * program. A killed owner's lock is free after 7 ms in the median (guarantees M12), so for a holder that is no longer alive we wait
 * up to two seconds. Throws AlreadyOwned.
 */
export async function own(cluster: Cluster, signal?: AbortSignal): Promise<pg.Client> {
  const client = await reach(cluster, { name: ownerName(process.pid), who: 'program' }, signal)
  const until = performance.now() + 2000
  try {
    for (;;) {
      const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
        ownerKey,
      ])
      if (rows[0]?.got) return client
      const holder = await holderOf(client)
      const dead = holder === undefined || !isAlive(holder)
      if (!dead || performance.now() > until) throw new AlreadyOwned(cluster.place.dataDir, holder ?? 0)
      await wait(10)
    }
  } catch (error) {
    await client.end()
    throw error
  }
}
