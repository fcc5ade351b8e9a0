import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openLog } from '../../src/lib/log.ts'
import { connectionOf, type DatabaseAddress } from '../../src/records/address.ts'
import { startThrowAway } from '../../src/records/embedded/throw-away.ts'
import { migrate } from '../../src/records/migrate.ts'
import { otherDatabase } from './other-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    server: DatabaseAddress
    template: string
  }
}

/** One server a run, and in it one migrated database that every test file gets a copy of. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env.TEST_DATABASE_URL
  const embedded = own ? undefined : await startThrowAway(openLog('error'), { max_connections: '200' })
  const server: DatabaseAddress = own ?? embedded?.connection ?? ''
  const template = `balai_template_${process.pid}`
  const command = async (sql: string) => {
    const client = new pg.Client(connectionOf(server))
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await command(`create database ${template}`)
  await migrate(otherDatabase(server, template))
  project.provide('server', server)
  project.provide('template', template)
  return async () => {
    if (own) await command(`drop database ${template} with (force)`)
    await embedded?.stop()
  }
}
