import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openLog } from '../../src/lib/log.ts'
import { connectionOf, type DatabaseAddress } from '../../src/records/address.ts'
import { startThrowAway } from '../../src/records/embedded/throw-away.ts'
import { grantsTo } from '../../src/records/grant.ts'
import { migrate } from '../../src/records/migrate.ts'
import { otherDatabase, type Role } from './other-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** As who owns everything on it. */
    server: DatabaseAddress
    /** As whom the program speaks to its database: houses of tests live with its rights. */
    program: Role
    template: string
  }
}

/** One server a run, and in it one migrated database that every test file gets a copy of. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env.TEST_DATABASE_URL
  const embedded = own ? undefined : await startThrowAway(openLog('error'), { max_connections: '200' })
  const server: DatabaseAddress = own ?? embedded?.owner ?? ''
  const template = `balai_template_${process.pid}`
  const command = async (sql: string) => {
    const client = new pg.Client(connectionOf(server))
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  const program: Role = embedded?.connection ?? {
    user: `balai_test_${process.pid}`,
    password: randomBytes(12).toString('hex'),
  }
  if (own) await command(`create role ${program.user} login password '${program.password}'`)
  await command(`create database ${template}`)
  await migrate(otherDatabase(server, template), undefined, [grantsTo(program.user)])
  project.provide('server', server)
  project.provide('program', {
    user: program.user,
    ...(program.password === undefined ? {} : { password: program.password }),
  })
  project.provide('template', template)
  return async () => {
    if (own) await command(`drop database ${template} with (force)`)
    if (own) await command(`drop role ${program.user}`)
    await embedded?.stop()
  }
}
