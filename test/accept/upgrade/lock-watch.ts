import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../../src/records/address.ts'

const LOOK_MS = 25

/** Milliseconds the longest wait for a lock has taken so far, of sessions that serve somebody. */
export type LockWatch = { longest(): number; stop(): Promise<void> }

/** Looks many times a second who waits for a lock, and since when. Whoever migrates may wait for the others. */
export async function watchLocks(address: DatabaseAddress): Promise<LockWatch> {
  const client = new pg.Client({ ...connectionOf(address), application_name: 'lock watch' })
  await client.connect()
  let longest = 0
  let stopped = false
  let fault: unknown
  // The server is stopped under it when the check failed elsewhere: that is to be seen then, and this when somebody asks for the end.
  const end = (error: unknown) => {
    stopped = true
    fault ??= error
  }
  client.on('error', end)
  const watching = (async () => {
    while (!stopped) {
      const { rows } = await client.query<{ ms: number }>(
        `select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart) * 1000), 0)::float8 as ms
         from pg_locks l join pg_stat_activity a using (pid)
         where not l.granted and l.waitstart is not null and a.application_name <> 'balai migrate'`,
      )
      longest = Math.max(longest, rows[0]?.ms ?? 0)
      await pause(LOOK_MS)
    }
  })().catch(end)
  return {
    longest: () => Math.round(longest),
    async stop() {
      stopped = true
      await watching
      if (fault !== undefined) throw fault
      await client.end()
    },
  }
}
