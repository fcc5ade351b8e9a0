import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { connectionOf, type DatabaseAddress } from '../../src/records/address.ts'
import { type Db, openDb } from '../../src/records/db.ts'
import { otherDatabase } from './other-database.ts'

type Opening = { max?: number; connectMs?: number }

export type TestDatabase = { db: Db; address: DatabaseAddress }

/** One statement on the server itself, outside any test's database. */
export async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(connectionOf(inject('server')))
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function copyOf(template: string, { max = 10, connectMs }: Opening): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name} template ${template}`)
  const address = otherDatabase(inject('server'), name)
  const db = openDb(address, { max, ...(connectMs === undefined ? {} : { connectMs }) })
  afterAll(async () => {
    if (!db.pool.ended) await db.close()
    await onServer(`drop database if exists ${name} with (force)`)
  })
  return { db, address }
}

/**
 * A fresh migrated database for this test file, dropped after it. Call it at the top level of the file:
 * `const { db } = await testDatabase()`.
 */
export function testDatabase(opening: Opening = {}): Promise<TestDatabase> {
  return copyOf(inject('template'), opening)
}

/** The same without any table: for tests of the migration itself. */
export function emptyDatabase(opening: Opening = {}): Promise<TestDatabase> {
  return copyOf('template0', opening)
}
