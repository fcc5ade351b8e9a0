import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../../src/records/address.ts'

const LOOK_MS = 5

/** Looks many times a second how long the transactions of others are open; `stop` gives the longest in milliseconds. */
export async function watchTransactions(address: DatabaseAddress): Promise<{ stop(): Promise<number> }> {
  const client = new pg.Client({ ...connectionOf(address), application_name: 'transaction watch' })
  await client.connect()
  let longest = 0
  let stopped = false
  const watching = (async () => {
    while (!stopped) {
      const { rows } = await client.query<{ ms: number }>(
        `select coalesce(max(extract(epoch from clock_timestamp() - xact_start) * 1000), 0)::float8 as ms
         from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
      )
      longest = Math.max(longest, rows[0]?.ms ?? 0)
      await pause(LOOK_MS)
    }
  })()
  return {
    async stop() {
      stopped = true
      await watching
      await client.end()
      return Math.round(longest)
    },
  }
}
