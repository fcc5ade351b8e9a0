import type { QueryConfig } from 'pg'
import { faultOf, type Log } from '../lib/log.ts'
import type { DatabaseAddress } from './address.ts'
import { type Db, openDb, type Queryable } from './db.ts'

/**
 * Where figures, public pages and reports are read: a replica where one is configured, else the database itself. Never who somebody
 * is or what they may: a replica is late, and a right taken away must be gone at once.
 */
export type Reads = {
  on: Queryable
  /** Work of several statements, which only reads: it may be done twice. */
  from<T>(work: (db: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Connections of one process to the replica. */
const CONNECTIONS = 4
/** A page waits so long for a replica that does not answer; then nobody asks it for the next half minute. */
const CONNECT_MS = 500
const REST_MS = 30_000

/** Whatever the replica cannot do (it is away, behind a new schema, or gave a statement up), the database does. */
export function openReads(
  db: Db,
  replica: DatabaseAddress | undefined,
  log?: Pick<Log, 'warn' | 'info'>,
  now: () => number = () => performance.now(),
): Reads {
  if (replica === undefined) return { on: db.pool, from: work => work(db), close: () => Promise.resolve() }
  const far = openDb(replica, { max: CONNECTIONS, connectMs: CONNECT_MS, readOnly: true })
  let restsUntil: number | undefined

  async function from<T>(work: (db: Db) => Promise<T>): Promise<T> {
    if (restsUntil !== undefined && now() < restsUntil) return work(db)
    try {
      const answer = await work(far)
      if (restsUntil !== undefined) log?.info('the read replica answers again')
      restsUntil = undefined
      return answer
    } catch (error) {
      if (restsUntil === undefined)
        log?.warn('the read replica does not answer; the database itself is read instead', faultOf(error))
      restsUntil = now() + REST_MS
      return work(db)
    }
  }

  const query = (asked: string | QueryConfig, values?: unknown[]) =>
    from(({ pool }) => pool.query(asked, values))
  return { on: { query: query as Queryable['query'] }, from, close: () => far.close() }
}
