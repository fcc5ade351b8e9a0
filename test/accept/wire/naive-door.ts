import { createServer } from 'node:http'
import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../../src/records/address.ts'

/** The wrong design: a door that says "received" and stores afterwards. */
export type NaiveDoor = {
  post(client: number, id: string, signal: AbortSignal): Promise<Response>
  /** Ids that are really there. */
  stored(): Promise<Set<string>>
  close(): Promise<void>
}

export async function openNaiveDoor(address: DatabaseAddress): Promise<NaiveDoor> {
  const pool = new pg.Pool({
    ...connectionOf(address),
    max: 4,
    connectionTimeoutMillis: 1500,
    query_timeout: 6000,
  })
  const calm = () => undefined
  pool.on('error', calm)
  pool.on('connect', client => client.on('error', calm))
  await pool.query('create table naive (id text primary key)')
  const server = createServer((request, response) => {
    const id = (request.url ?? '').slice(1)
    response.end('{"received":true}')
    // Whoever was told "received" will not send it again.
    pool.query('insert into naive values ($1) on conflict do nothing', [id]).catch(calm)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  const url = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`
  return {
    post: (_client, id, signal) => fetch(`${url}/${id}`, { method: 'POST', signal }),
    async stored() {
      const { rows } = await pool.query<{ id: string }>('select id from naive')
      return new Set(rows.map(({ id }) => id))
    },
    async close() {
      await pool.end()
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
