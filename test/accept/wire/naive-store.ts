import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../../src/records/address.ts'

/** What wrong designs of this check store with, whatever they answered before: a failure is heard by nobody. */
export type NaiveStore = {
  keep(id: string | null | undefined): void
  /** What is really there. */
  stored(): Promise<Set<string>>
  close(): Promise<void>
}

export async function openNaiveStore(database: DatabaseAddress): Promise<NaiveStore> {
  const pool = new pg.Pool({
    ...connectionOf(database),
    max: 4,
    connectionTimeoutMillis: 1500,
    query_timeout: 3000,
  })
  const calm = () => undefined
  pool.on('error', calm)
  pool.on('connect', client => client.on('error', calm))
  await pool.query('create table naive_said (id text primary key)')
  return {
    keep: id =>
      void pool.query('insert into naive_said values ($1) on conflict do nothing', [id]).catch(calm),
    async stored() {
      const { rows } = await pool.query<{ id: string }>('select id from naive_said')
      return new Set(rows.map(({ id }) => id))
    },
    close: () => pool.end(),
  }
}
