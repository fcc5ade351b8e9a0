import { randomUUID } from 'node:crypto'
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
  /** Milliseconds to wait for a free or new connection; 1,500 unless told. */
  connectMs?: number
  /** The server refuses whatever would write. */
  readOnly?: boolean
}

const int8 = 20
const date = 1082

/** Counts and ids come as numbers. One that a number cannot hold stays the text it is, rather than a wrong number. */
function parseInt8(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

/**
 * How statements are planned: once a connection. Left to choose, the server took a plan for given values to be cheaper and made
 * one anew each time: of 2.9 ms a turn of its time, 1.2 ms. What is planned once is planned while its table is still empty, and a scan
 * of all rows looks cheapest then: a batch took 3 ms at first and 10 ms after a few thousand messages; all we ask has an index.
 * Where a scan is all there is, its made-up cost would have a server older than 18 compile it first.
 */
const PLANS = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off'

/** A date is a day on a wall (2026-11-21), no moment: `pg` would make midnight of our own zone of it. */
export const types: pg.CustomTypesConfig = {
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
export function openDb(address: DatabaseAddress, options: DbOptions): Db {
  const { max, log, statementMs = 5000, connectMs = 1500, readOnly = false } = options
  const pool = new pg.Pool({
    ...connectionOf(address),
    max,
    types,
    // Whose connections these are: see `inbox/at-work.ts`.
    application_name: `balai ${randomUUID()}`,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    // The server gives up first, so that its answer is heard; this one is for a peer that has gone silent.
    query_timeout: statementMs + 1000,
    idle_in_transaction_session_timeout: 10_000,
    options: readOnly ? `${PLANS} -c default_transaction_read_only=on` : PLANS,
    // Statements asked for one behind another leave without waiting for each other's answers: see `shortTransaction`.
    pipeline: true,
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
export function transaction<T>(db: Db, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return holding(db, async client => {
    await client.query('begin')
    const result = await work(client)
    await commit(client)
    return result
  })
}

/** The parts of a short transaction. */
export type Short<First, Result> = {
  /** Asks one statement that writes nothing: it leaves together with the `begin`. */
  first(client: pg.PoolClient): Promise<First>
  work(client: pg.PoolClient, first: First): Promise<Result>
  /**
   * Asks for the last statements, all at once; they leave together with the `commit`. A failure of one of them undoes everything,
   * so what must not be committed has to fail in the server. What it throws before asking undoes everything too.
   */
  last(client: pg.PoolClient, result: Result): Promise<unknown>[]
}

/** The same, but for two round trips of four. */
export function shortTransaction<First, Result>(
  db: Db,
  { first, work, last }: Short<First, Result>,
): Promise<Result> {
  return holding(db, async client => {
    const [, found] = await Promise.all(
      together(client, () => [client.query('begin'), first(client)] as const),
    )
    const result = await work(client, found)
    await Promise.all(together(client, () => [...last(client, result), commit(client)]))
    return result
  })
}

/** What `ask` asks for leaves in one packet, in order, and is answered in one round trip. */
export function together<T>(client: pg.PoolClient, ask: () => T): T {
  const { stream } = client.connection
  stream.cork()
  try {
    return ask()
  } finally {
    stream.uncork()
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  // A statement failed and its error was swallowed: the server then answers a commit with a rollback, and no error.
  if (command !== 'COMMIT')
    throw new Error('The transaction was rolled back: one of its statements had failed.')
}

/** With a client of the pool; if `work` throws, the client goes back rolled back, or not at all. */
async function holding<T>(db: Db, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  let broken: Error | undefined
  try {
    return await work(client)
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
