import pg from 'pg'
import { clockTables } from './jobs/clock-tables.ts'
import { Refusal } from './lib/refusal.ts'
import { connectionOf, type DatabaseAddress } from './records/address.ts'
import { isAway } from './records/away.ts'
import { grantsTo } from './records/grant.ts'
import { keepUp, migrate } from './records/migrate.ts'

/**
 * One database as the two who speak to it reach it: the owner of its tables, who changes them, and the program, which may read and
 * write rows. An own PostgreSQL may have one role for both; then `owner` is undefined.
 */
export type Roles = { owner: DatabaseAddress | undefined; program: DatabaseAddress }

/**
 * Makes the database ready for the program: its schema, the tables of the clock, and the program's rights. Done as the owner, whose
 * connection is closed again; with one role only the schema is looked after, and pg-boss makes its tables itself. `as it is`:
 * the schema stays, and the program is only given its rights on what is there.
 */
export async function prepareDatabase(roles: Roles, schema: 'migrated' | 'as it is'): Promise<void> {
  const { owner, program } = roles
  const isMigrated = schema === 'migrated'
  if (owner === undefined) return isMigrated ? migrate(program).catch(refuse('DATABASE_URL')) : undefined
  const role = await programRole(owner, program)
  if (role === undefined) return prepareDatabase({ owner: undefined, program }, schema)
  const ready = isMigrated
    ? migrate(owner, undefined, [clockTables, grantsTo(role)])
    : keepUp(owner, [grantsTo(role)])
  await ready.catch(refuse('DATABASE_OWNER_URL'))
}

/** The name of the program's role; undefined where both addresses lead to the same one. Throws when they lead to two databases. */
async function programRole(owner: DatabaseAddress, program: DatabaseAddress): Promise<string | undefined> {
  // Of our own making: nobody need be asked.
  if (typeof program !== 'string') return program.user
  const [its, ours] = await Promise.all([
    whoIs(program).catch(refuse('DATABASE_URL')),
    whoIs(owner).catch(refuse('DATABASE_OWNER_URL')),
  ])
  if (its.place !== ours.place)
    throw new Refusal(
      'DATABASE_URL and DATABASE_OWNER_URL lead to two different databases. Nothing was touched. Your move: let both name the same one.',
    )
  return its.role === ours.role ? undefined : its.role
}

type Who = { role: string; place: string }

async function whoIs(address: DatabaseAddress): Promise<Who> {
  const client = new pg.Client({
    ...connectionOf(address),
    application_name: 'balai start',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<Who>(
      `select current_user as role, concat_ws(' ', current_database(), pg_postmaster_start_time()) as place`,
    )
    return rows[0] ?? { role: '', place: '' }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Refused by the server: no such role, a wrong password, no such database, or none that this role may enter. */
const REFUSED = ['28000', '28P01', '3D000', '42501']

/** The address itself stays out of it: it may hold a password. */
function refuse(name: string) {
  return (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
    if (isAway(error))
      throw new Refusal(
        `The database that ${name} names cannot be reached (${code}). ` +
          'Your move: start it or correct the address; or leave DATABASE_URL empty, and Balai brings its own.',
        { cause: error },
      )
    if (!REFUSED.includes(code)) throw error
    throw new Refusal(
      `The database refuses the role that ${name} names (${code}). ` +
        'Your move: look whether role, password and database are right there, and what it may do (docs/going-live.md).',
      { cause: error },
    )
  }
}
