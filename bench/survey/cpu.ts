import { readFileSync } from 'node:fs'
import type { Db } from '../../src/records/db.ts'

/**
 * User and system time in milliseconds of this process and of the server processes that work for it; undefined where the system does not tell.
 * On a machine that others work on as well it is what tells one design from another.
 */
export async function cpuMs(db: Db): Promise<number | undefined> {
  const { rows } = await db.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`,
  )
  const { user, system } = process.cpuUsage()
  let all = (user + system) / 1000
  for (const { pid } of rows) {
    const ns = ranFor(pid)
    if (ns === undefined) return undefined
    all += ns / 1e6
  }
  return all
}

/** Nanoseconds a process has run, by the first number of its schedstat. */
function ranFor(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0])
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
