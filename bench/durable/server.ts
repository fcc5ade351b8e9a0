/** The PostgreSQL all variants of `durable` share: a throw-away one that syncs, or the one TEST_DATABASE_URL names. */
import pg from 'pg'
import { openLog } from '../../src/lib/log.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { startThrowAway } from '../../src/records/embedded/throw-away.ts'
import { cpuOfFamily } from './cpu.ts'

export type Server = {
  /** Makes the database anew and answers its URL. */
  database(name: string): Promise<string>
  /** Transactions committed in it, as the server counts them. */
  commits(name: string): Promise<number>
  /** User and system time of all server processes in microseconds; undefined where the system does not tell. */
  cpuUs(): Promise<number | undefined>
  syncs(): Promise<string>
  stop(): Promise<void>
}

const SYNCING = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

export async function openServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  const embedded = given === undefined ? await startThrowAway(openLog('warn'), SYNCING) : undefined
  const url = embedded === undefined ? new URL(given ?? '') : urlOf(embedded.owner)
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', error => process.stderr.write(`durable: ${error.message}\n`))
  await client.connect()
  const made = new Set<string>()
  return {
    async database(name) {
      await client.query(`drop database if exists ${name} with (force)`)
      await client.query(`create database ${name}`)
      made.add(name)
      const own = new URL(url)
      own.pathname = `/${name}`
      return own.href
    },
    async commits(name) {
      const text = 'select xact_commit::int as n from pg_stat_database where datname = $1'
      const { rows } = await client.query<{ n: number }>(text, [name])
      return rows[0]?.n ?? 0
    },
    cpuUs: async () => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      return cpuOfFamily(rows[0]?.pid ?? 0)
    },
    async syncs() {
      const { rows } = await client.query<{ said: string }>(
        "select string_agg(name || '=' || setting, ' ' order by name) as said from pg_settings where name = any($1)",
        [Object.keys(SYNCING)],
      )
      return rows[0]?.said ?? ''
    },
    async stop() {
      for (const name of made) await client.query(`drop database if exists ${name} with (force)`)
      await client.end()
      await embedded?.stop()
    },
  }
}

/** A URL of `pg`; a socket's folder stands as the host. */
function urlOf({ host, port, user, database, password }: ServerAddress): URL {
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`
  const url = new URL(`postgres://${encodeURIComponent(user)}${secret}@localhost:${port}/${database}`)
  if (host.startsWith('/')) url.searchParams.set('host', host)
  else url.hostname = host
  return url
}
