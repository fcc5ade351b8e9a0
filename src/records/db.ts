import pg from 'pg'
import { faultOf, type Log } from '../lib/log.ts'
import { connectionOf, type DatabaseAddress } from './address.ts'
import { isAway } from './away.ts'

export { isAway }

/** A pool of connections with explicit time limits. `close` waits for what is under way. */
export type Db = { pool: pg.Pool; close(): Promise<void> }

/** What takes queries: the pool, or the one client of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>

export type DbOptions = {
  max: number
  log?: Log
  /** Milliseconds one statement may take; 5,000 unless told, as the webhook's answer depends on it. */
  statementMs?: number
}

const int8 = 20
const date = 1082

/** Counts and ids come as numbers. One that a number cannot hold stays the text it is, rather than a wrong number. */
function parseInt8(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

/** A date is a day on a wall (2026-11-21), no moment: `pg` would make midnight of our own zone of it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === int8) return parseInt8
    if (format !== 'binary' && oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

/**
 * Opens no connection yet: an absent database shows at the first query, as an error `isAway` knows. Without the two
 * listeners a dying connection ends the process, and without the limits a silent one holds us for ever (guarantees M3, M4).
 */
export function openDb(address: DatabaseAddress, { max, log, statementMs = 5000 }: DbOptions): Db {
  const pool = new pg.Pool({
    ...connectionOf(address),
    max,
    types,
    application_name: 'balai',
    connectionTimeoutMillis: 1500,
    statement_timeout: statementMs,
    // The server gives up first, so that its answer is heard; this one is for a peer that has gone silent.
    query_timeout: statementMs + 1000,
    idle_in_transaction_session_timeout: 10_000,
    // A statement is planned once, often while its table is still empty, and a scan of all rows is what looks
    // cheapest then: a batch took 3 ms at first and 10 ms after a few thousand messages. All we ask has an index.
    options: '-c enable_seqscan=off',
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
  })
  const note = (error: Error) => log?.warn('database connection lost', faultOf(error))
  pool.on('error', note)
  pool.on('connect', client => client.on('error', note))
  return { pool, close: () => pool.end() }
}

/**
 * Runs `work` in one transaction: all of it is committed, or it throws and nothing is. If the connection dies during the
 * commit itself nobody knows which; then it throws too, and whoever repeats the work finds out by the message's unique key.
 */
export async function transaction<T>(db: Db, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    const { command } = await client.query('commit')
    // A statement failed and its error was swallowed: the server then answers a commit with a rollback, and no error.
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back: one of its statements had failed.')
    return result
  } catch (error) {
    // With the connection gone or silent, a rollback would only wait; closing it rolls back as well.
    broken = isAway(error) ? (error as Error) : await rollBack(client)
    throw error
  } finally {
    client.release(broken)
  }
}

/** The error if even that failed: such a client may be anywhere in its dialogue and must not be used again. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  return client.query('rollback').then(
    () => undefined,
    (error: Error) => error,
  )
}
