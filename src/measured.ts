import { monitorEventLoopDelay } from 'node:perf_hooks'
import { lastBackup } from './jobs/backup-reminder.ts'
import { keysStand } from './jobs/renew-keys.ts'
import type { Load } from './lib/load.ts'
import { INBOX_WAITS } from './records/backlog.ts'
import type { Db } from './records/db.ts'
import { spaceAt } from './records/free-space.ts'

/** What is measured when somebody asks, with its help sentence. Names and labels are ours, never a citizen's. */
export const MEASURES = {
  database_up: 'Whether the database answered just now.',
  outbox_waiting: 'Messages that have yet to leave.',
  outbox_oldest_seconds: 'How long the oldest of those has waited beyond its time.',
  outbox_held: 'Messages held until somebody writes at their address.',
  inbox_waiting: 'Messages that have yet to be taken, or be tried again.',
  database_bytes: 'Size of the database on its disk.',
  database_connections: 'Connections to it, everybody counted.',
  transaction_age:
    'Age of the oldest row not yet frozen, in transactions; two thousand million end the database.',
  dead_rows: 'Rows that vacuum has yet to clear away.',
  oldest_transaction_seconds: 'Age of the oldest open transaction; behind it nothing is cleared away.',
  last_backup_timestamp_seconds: 'When the last backup was made; 0 when none ever was.',
  outer_key_age_seconds: 'How long the outer key has been in use; 0 where none was ever renewed.',
  outer_key_left: 'Values that are still under an older outer key.',
  disk_free_bytes: 'What is free where DATA_DIR lies.',
  disk_bytes: 'What that disk holds in all.',
  resident_memory_bytes: 'Memory of this process.',
  event_loop_delay_seconds: 'How late timers of this process were since the last look, 99 of 100.',
  event_loop_late_seconds: 'How late the event loop of this process was on average, in the last second.',
  load_level:
    'How much there is to do: 0 as usual, 1 reports rest, 2 announcements rest too, 3 nothing new is taken in.',
  heap_bytes: 'What this process has on its heap.',
  arrivals_waiting: 'Messages in the memory of this process that wait to be taken.',
  start_timestamp_seconds: 'When this process began.',
} as const
type Measure = keyof typeof MEASURES

// All of it by an index or by what the server counts anyway: it is asked every fifteen seconds, for years.
const ASK = `
select
  (select count(*) from outbox where status in ('waiting', 'sending'))::float8 as outbox_waiting,
  (select coalesce(extract(epoch from now() - min(due_at)), 0) from outbox
     where status in ('waiting', 'sending') and due_at <= now())::float8 as outbox_oldest_seconds,
  (select count(*) from outbox where status = 'held')::float8 as outbox_held,
  (select count(*) from inbox where ${INBOX_WAITS})::float8 as inbox_waiting,
  pg_database_size(current_database())::float8 as database_bytes,
  (select sum(numbackends) from pg_stat_database)::float8 as database_connections,
  (select age(datfrozenxid) from pg_database where datname = current_database())::float8 as transaction_age,
  (select coalesce(sum(n_dead_tup), 0) from pg_stat_user_tables)::float8 as dead_rows,
  (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0) from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend')::float8 as oldest_transaction_seconds`

type Parts = {
  db: Db
  dataDir: string
  /** How loaded this process is; without it nobody watches. */
  load?: Pick<Load, 'level' | 'lateMs'>
  /** Messages in memory. */
  waiting?: () => number
}

/** Node counts the whole interval of a timer: what is beyond it is the delay. */
const TICK_MS = 20

/** Measures this process, its disk and its database, in Prometheus' text format. With the database away the rest is told all the same. */
export function createMeasures({ db, dataDir, load, waiting }: Parts): { text(): Promise<string> } {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS })
  delay.enable()

  async function ofDatabase(): Promise<Partial<Record<Measure, number>>> {
    try {
      const { rows } = await db.pool.query<Partial<Record<Measure, number>>>({ name: 'measures', text: ASK })
      const backup = await lastBackup(db)
      const keys = await keysStand(db.pool)
      const since = keys === undefined ? Date.now() : new Date(keys.since).getTime()
      return {
        database_up: 1,
        outer_key_age_seconds: Math.round((Date.now() - since) / 1000),
        outer_key_left: keys?.left ?? 0,
        ...rows[0],
        last_backup_timestamp_seconds: (backup?.getTime() ?? 0) / 1000,
      }
    } catch {
      // Why is told by /readyz and the log; here it is a number.
      return { database_up: 0 }
    }
  }

  return {
    async text() {
      const space = await spaceAt(dataDir)
      const measured: Partial<Record<Measure, number>> = {
        ...(await ofDatabase()),
        disk_free_bytes: space.free,
        disk_bytes: space.total,
        resident_memory_bytes: process.memoryUsage.rss(),
        event_loop_delay_seconds: Math.max(0, delay.percentile(99) / 1e9 - TICK_MS / 1000),
        event_loop_late_seconds: (load?.lateMs() ?? 0) / 1000,
        load_level: load?.level() ?? 0,
        heap_bytes: process.memoryUsage().heapUsed,
        arrivals_waiting: waiting?.() ?? 0,
        start_timestamp_seconds: Math.round((Date.now() - process.uptime() * 1000) / 1000),
      }
      delay.reset()
      return Object.entries(measured)
        .map(
          ([name, value]) =>
            `# HELP balai_${name} ${MEASURES[name as Measure]}\n# TYPE balai_${name} gauge\nbalai_${name} ${value}\n`,
        )
        .join('')
    },
  }
}
