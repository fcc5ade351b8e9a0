import type pg from 'pg'
import { passwordOf, USERS } from './cluster.ts'
import type { Place } from './place.ts'

const PLAIN = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls'

/** Another start at this moment was quicker. */
const MADE_ALREADY = ['42710', '23505']

/**
 * Makes the user the running program is, in a cluster of an older version too. On rows it is given its rights where their tables are
 * made (`records/grant.ts`); here it may sign in and nothing else. `owner`: a connection of the superuser's.
 */
export async function makeProgramUser(owner: pg.Client, place: Place): Promise<void> {
  const { rows } = await owner.query<{ plain: boolean }>(
    `select rolcanlogin and not (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls) as plain
     from pg_roles where rolname = $1`,
    [USERS.program],
  )
  if (rows[0] === undefined)
    await owner.query(`create role ${USERS.program} ${PLAIN}`).catch((error: { code?: string }) => {
      if (!MADE_ALREADY.includes(error.code ?? '')) throw error
    })
  else if (!rows[0].plain) await owner.query(`alter role ${USERS.program} ${PLAIN}`)
  const password = await passwordOf(place, 'program')
  if (password !== undefined)
    await owner.query(`alter role ${USERS.program} password ${owner.escapeLiteral(password)}`)
}

/** Temporary tables are everybody's right in a new database, and nothing of ours needs one. */
export async function takeTemporaryTables(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(datname) as name from pg_database where has_database_privilege($1, oid, 'temporary')`,
    [USERS.program],
  )
  for (const { name } of rows) await owner.query(`revoke temporary on database ${name} from public`)
}
