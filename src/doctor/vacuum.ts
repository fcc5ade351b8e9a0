import type { Queryable } from '../records/db.ts'
import { type Finding, good, must, note } from './finding.ts'

export type Vacuum = {
  autovacuum: string
  /** Transactions since the oldest row that is not frozen. */
  age: number
  /** Tables of which much is dead, the worst first, as `name: dead of all`. */
  dead: string[]
  /** Seconds since the oldest transaction that is open began: behind it nothing can be cleared. */
  oldest: number
  /** Replication slots nobody reads: their log is kept until the disk is full. */
  slots: string[]
  bytes: number
}

// A fifth dead is what autovacuum starts at by itself; more than that of a large table means it does not keep up.
const ASK = `
select current_setting('autovacuum') as autovacuum,
  (select age(datfrozenxid) from pg_database where datname = current_database()) as age,
  array(select relname || ': ' || n_dead_tup || ' of ' || n_live_tup + n_dead_tup from pg_stat_user_tables
    where n_dead_tup > 100000 and n_dead_tup > 0.3 * (n_live_tup + n_dead_tup) order by n_dead_tup desc limit 3) as dead,
  (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()) as oldest,
  array(select slot_name::text from pg_replication_slots where not active) as slots,
  pg_database_size(current_database())::float8 as bytes`

/** Whether vacuum keeps up, and what holds it. */
export async function lookAtVacuum(on: Queryable): Promise<Finding[]> {
  const { rows } = await on.query<Vacuum>(ASK)
  return rows[0] === undefined ? [] : judgeVacuum(rows[0])
}

const HOUR = 3600

export function judgeVacuum({ autovacuum, age, dead, oldest, slots, bytes }: Vacuum): Finding[] {
  const found: Finding[] = []
  if (autovacuum !== 'on')
    found.push(
      must(
        'vacuum',
        'autovacuum is off: tables grow until the disk is full. Your move, in postgresql.conf: autovacuum = on',
      ),
    )
  // PostgreSQL stops taking writes at about two thousand million.
  if (age > 1_500_000_000)
    found.push(
      must(
        'vacuum',
        `${millions(age)} transactions are not frozen, and at 2000 million the database stops. Your move: vacuum (freeze).`,
      ),
    )
  else if (age > 500_000_000)
    found.push(
      note(
        'vacuum',
        `${millions(age)} transactions are not frozen; autovacuum is behind. Your move: see what holds it below, or vacuum (freeze) at night.`,
      ),
    )
  if (dead.length > 0)
    found.push(
      note('vacuum', `many rows are dead (${dead.join(', ')}). Your move: vacuum (analyze) these tables.`),
    )
  if (oldest > HOUR)
    found.push(
      note(
        'vacuum',
        `a transaction is open for ${Math.round(oldest / HOUR)} h, and nothing behind it is cleared. Your move: end that session (pg_stat_activity).`,
      ),
    )
  for (const slot of slots)
    found.push(
      must(
        'replication',
        `nobody reads the slot ${slot}, and its log fills the disk. Your move: start its replica, or drop it.`,
      ),
    )
  const size = `${(bytes / 1024 ** 3).toFixed(1)} GiB`
  return found.length === 0 ? [good('vacuum', `it keeps up; the database takes ${size}`)] : found
}

function millions(count: number): string {
  return `${Math.round(count / 1e6)} million`
}
