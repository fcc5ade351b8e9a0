import type { Queryable } from '../records/db.ts'
import { knownSteps, takenSteps } from '../records/migrate.ts'
import { type Finding, good, must, note } from './finding.ts'

const LEAST = 150_000
/** Connections one process takes: ten of the line, two of the clock, one a lead. */
const CONNECTIONS = 15

type Settings = {
  version: string
  number: number
  encoding: string
  fsync: string
  full_page_writes: string
  synchronous_commit: string
  recovering: boolean
  creates: boolean
  free: number
  skew: number
}

const SETTINGS = `
select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
  current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
  current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit,
  pg_is_in_recovery() as recovering, has_schema_privilege('public', 'create') as creates,
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - (select count(*)::int from pg_stat_activity where usename is not null and datname is not null and application_name not like 'balai%') as free,
  extract(epoch from clock_timestamp()) * 1000 - $1::float8 as skew`

/** Version, settings, rights and clock of the database, and how far its schema is. `on`: as who migrates it. */
export async function lookAtDatabase(on: Queryable): Promise<Finding[]> {
  const asked = Date.now()
  const { rows } = await on.query<Settings>(SETTINGS, [asked])
  const [settings] = rows
  if (settings === undefined) return [must('database', 'gives no answer. Your move: look at its own log.')]
  // The answer was on its way back for about half the time.
  const skew = Math.abs(Number(settings.skew) - (Date.now() - asked) / 2)
  return [...judgeSettings({ ...settings, skew }), schemaOf(await takenSteps(on), knownSteps())]
}

const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|)$/i

/** Whether it is this very machine: words between us and it are seen by nobody. */
export function isHere(host: string): boolean {
  return HERE.test(host)
}

/** What `pg` takes for encrypted; `prefer` falls back to plain text. */
const ENCRYPTED = ['require', 'verify-ca', 'verify-full']

/** Whether words go to a database on another machine in the clear; undefined where there is no such database. */
export function judgeWay(name: string, url: string | undefined): Finding | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { hostname, searchParams } = new URL(url)
  // A socket's folder stands in `host`.
  if (isHere(hostname) || searchParams.get('host')?.startsWith('/')) return undefined
  if (ENCRYPTED.includes(searchParams.get('sslmode') ?? '')) return good(name, 'is reached encrypted')
  return note(
    name,
    'leads to another machine without sslmode: whoever is on the way reads and changes what passes, sealed words apart. ' +
      'Your move: add ?sslmode=verify-full, or keep both on a network of their own.',
  )
}

/** What such settings mean. `skew` in milliseconds. */
export function judgeSettings(of: Settings): Finding[] {
  const wrong: Finding[] = []
  const off = (name: string, means: string) =>
    wrong.push(must('database', `${name} is off: ${means}. Your move, in postgresql.conf: ${name} = on`))
  if (of.number < LEAST)
    wrong.push(must('database', `PostgreSQL ${of.version} is too old. Your move: 15 or newer.`))
  if (of.encoding !== 'UTF8')
    wrong.push(
      must(
        'database',
        `its encoding is ${of.encoding}. Your move: create database … encoding 'UTF8' template template0`,
      ),
    )
  if (of.fsync !== 'on') off('fsync', 'a power cut loses messages that were acknowledged, or all')
  if (of.full_page_writes !== 'on') off('full_page_writes', 'a power cut may leave half a page')
  if (of.synchronous_commit === 'off')
    off('synchronous_commit', 'a power cut loses messages that were acknowledged')
  if (of.recovering)
    wrong.push(
      must(
        'database',
        'this is a replica, which takes no writes. Your move: name the primary in DATABASE_URL.',
      ),
    )
  if (!of.creates && !of.recovering)
    wrong.push(
      must('database', 'this user may make no tables. Your move: grant create on schema public to it.'),
    )
  if (of.free < CONNECTIONS)
    wrong.push(
      must(
        'database',
        `${of.free} connections are left, and one Balai takes ${CONNECTIONS}. Your move: raise max_connections.`,
      ),
    )
  const seconds = (of.skew / 1000).toFixed(1)
  if (of.skew > 30_000)
    wrong.push(
      must(
        'clock',
        `the database's is ${seconds} s off this machine's. Your move: run a time service on both.`,
      ),
    )
  else if (of.skew > 2_000)
    wrong.push(
      note(
        'clock',
        `the database's is ${seconds} s off this machine's. Your move: run a time service on both.`,
      ),
    )
  return wrong.length === 0
    ? [good('database', `PostgreSQL ${of.version}, its settings and its clock`)]
    : wrong
}

function schemaOf(taken: { hash: string }[], known: { hash: string }[]): Finding {
  const unknown = taken.filter(({ hash }) => !known.some(step => step.hash === hash)).length
  if (unknown > 0)
    return must(
      'schema',
      `${unknown} of its steps are of a newer Balai. Your move: start that version, or restore the backup before it.`,
    )
  const missing = known.length - taken.length
  if (taken.length === 0) return good('schema', 'an empty database; its tables are made at the first start')
  if (missing > 0)
    return note(
      'schema',
      `${missing} steps will be taken at the next start. Your move: npm run backup before it.`,
    )
  return good('schema', `all ${known.length} steps taken`)
}
