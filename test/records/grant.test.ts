import { expect, it } from 'vitest'
import { grantsTo } from '../../src/records/grant.ts'
import { GRANTED } from '../../src/records/granted.ts'
import { MIGRATION_KEY, migrate } from '../../src/records/migrate.ts'
import { testDatabase } from '../helpers/database.ts'
import { DEEDS, deedsDone } from '../helpers/deeds.ts'

const { db, owner } = await testDatabase()
const { rows: me } = await db.pool.query<{ role: string }>('select current_user as role')
const role = me[0]?.role ?? ''
const keepRights = () => migrate(owner.address, undefined, [grantsTo(role)])

/** What a role may do with each table, by every way there is: for itself, as everybody, as a member. */
async function mayDo(): Promise<Record<string, string>> {
  const { rows } = await owner.db.pool.query<{ name: string; deeds: string }>(
    `select tablename as name, string_agg(deed, ' ' order by deed) filter (where has_table_privilege($1, format('public.%I', tablename), deed)) as deeds
     from pg_tables, unnest(array['delete', 'insert', 'references', 'select', 'trigger', 'truncate', 'update']) as deed
     where schemaname = 'public' group by tablename`,
    [role],
  )
  return Object.fromEntries(rows.map(({ name, deeds }) => [name, deeds]))
}

it('is written down for every table of the schema, and the program may do just that', async () => {
  expect(await mayDo()).toEqual(GRANTED)
  expect(Object.keys(GRANTED).length).toBeGreaterThan(70)
})

it('lets the program do nothing that only the owner is to do', async () => {
  expect(await deedsDone(db)).toEqual([])
  // The control: whom nothing is refused.
  const { rows } = await owner.db.pool.query<{ super: boolean }>(
    'select rolsuper as super from pg_roles where rolname = current_user',
  )
  const all = rows[0]?.super ? Object.keys(DEEDS) : expect.arrayContaining(['drop a table', 'empty a table'])
  expect(await deedsDone(owner.db)).toEqual(all)
})

it('does not let the program become the owner', async () => {
  const { rows } = await owner.db.pool.query<{ role: string }>('select current_user as role')
  for (const sql of [`set role ${rows[0]?.role}`, `set session authorization ${rows[0]?.role}`])
    await expect(db.pool.query(sql)).rejects.toThrow('permission denied')
})

// By that processes know each other's death, also beside one of an older version, which is the owner.
it('lets the program see what sessions of other roles are called', async () => {
  const client = await owner.db.pool.connect()
  try {
    await client.query(`set application_name = 'balai of another role'`)
    const { rowCount } = await db.pool.query(
      `select 1 from pg_stat_activity where application_name = 'balai of another role' and usename <> current_user`,
    )
    expect(rowCount).toBe(1)
  } finally {
    client.release(true)
  }
})

it('is mended at the next start: of a table that came later, and where somebody gave too much', async () => {
  await owner.db.pool.query(`revoke all on tickets from ${role}; grant all on audit_log to ${role}`)
  await expect(db.pool.query('select 1 from tickets')).rejects.toThrow('permission denied')
  await Promise.all([keepRights(), keepRights()])
  expect(await mayDo()).toEqual(GRANTED)
})

it('waits for nobody where nothing lacks, not even for a backup', async () => {
  const client = await owner.db.pool.connect()
  await client.query('select pg_advisory_lock($1)', [MIGRATION_KEY])
  await expect(keepRights()).resolves.toBeUndefined()
  await client.query('select pg_advisory_unlock($1)', [MIGRATION_KEY])
  client.release()
})

it('is refused in words where the two roles are the wrong way round, or the owner owns nothing', async () => {
  const { rows } = await owner.db.pool.query<{ role: string }>('select current_user as role')
  const why = (asked: Promise<unknown>) => asked.then(String, String)
  expect(await why(grantsTo(rows[0]?.role ?? '').isDone(owner.db.pool))).toMatch(
    /Refusal: The tables belong to .*Your move: put that address into DATABASE_OWNER_URL/s,
  )
  expect(await why(grantsTo('pg_monitor').isDone(db.pool))).toMatch(
    /Refusal: The role of DATABASE_OWNER_URL does not own the tables .*Your move: name the role/s,
  )
})
