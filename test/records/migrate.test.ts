import { expect, it } from 'vitest'
import { Refusal } from '../../src/lib/refusal.ts'
import { migrate } from '../../src/records/migrate.ts'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'

const empty = await emptyDatabase()
const {
  owner: { db, address },
} = await testDatabase()

const applied = 'select count(*) as n from drizzle.__drizzle_migrations'

it('brings an empty database up once, however many start at the same moment', async () => {
  await Promise.all([1, 2, 3, 4].map(() => migrate(empty.address)))
  const first = (await empty.db.pool.query(applied)).rows
  await migrate(empty.address)
  expect((await empty.db.pool.query(applied)).rows).toEqual(first)
  expect((await empty.db.pool.query('select count(*) as n from tickets')).rows).toEqual([{ n: 0 }])
})

it('refuses a schema newer than it knows, changes nothing, and says whose move it is', async () => {
  const before = (await db.pool.query(applied)).rows[0].n
  await db.pool.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('of-the-future', 4102444800000)",
  )
  const error = await migrate(address).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Refusal)
  expect(String(error)).toMatch(/1 of its schema's steps are unknown.*2100-01-01.*Your move/s)
  expect((await db.pool.query(applied)).rows).toEqual([{ n: before + 1 }])
})

it.each([
  ['it worked', empty.db],
  ['it was refused', db],
])('leaves no lock behind when %s', async (_, { pool }) => {
  const locks = await pool.query(
    `select 1 from pg_locks where locktype = 'advisory'
     and database = (select oid from pg_database where datname = current_database())`,
  )
  expect(locks.rowCount).toBe(0)
})
