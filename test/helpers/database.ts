import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connectionOf, type DatabaseAddress } from '../../src/records/address.ts'
import { type Db, openDb } from '../../src/records/db.ts'
import { asRole, otherDatabase } from './other-database.ts'

type Opening = { max?: number; connectMs?: number }

export type TestDatabase = { db: Db; address: DatabaseAddress }
/** A migrated one: `db` and `address` are the running program's, whose rights end with rows; `owner` owns the tables. */
export type MigratedDatabase = TestDatabase & { owner: TestDatabase }

/** One statement on the server itself, outside any test's database. */
export async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(connectionOf(inject('server')))
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function copyOf(template: string): Promise<DatabaseAddress> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name} template ${template}`)
  afterAll(() => onServer(`drop database if exists ${name} with (force)`))
  return otherDatabase(inject('server'), name)
}

function opened(address: DatabaseAddress, { max = 10, connectMs }: Opening): TestDatabase {
  const db = openDb(address, { max, ...(connectMs === undefined ? {} : { connectMs }) })
  // Run before the database is dropped: what is said last is done first.
  afterAll(async () => {
    if (!db.pool.ended) await db.close()
  })
  return { db, address }
}

/**
 * A fresh migrated database for this test file, dropped after it. Call it at the top level of the file:
 * `const { db } = await testDatabase()`.
 */
export async function testDatabase(opening: Opening = {}): Promise<MigratedDatabase> {
  const address = await copyOf(inject('template'))
  return { ...opened(asRole(address, inject('program')), opening), owner: opened(address, opening) }
}

/** The same without any table, as who may make them: for tests of the migration itself. */
export async function emptyDatabase(opening: Opening = {}): Promise<TestDatabase> {
  return opened(await copyOf('template0'), opening)
}
