/** One start that migrates, once its stdin has ended: `node migrate-process.ts ADDRESS_AS_JSON locked|unlocked`. Exit 0 if every table is there. */
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as migrateUnlocked } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { migrate } from '../../src/records/migrate.ts'

const address = JSON.parse(process.argv[2] ?? '{}')
const client = new pg.Client(address)
await client.connect()
// A starting line: all of them are here before any begins.
process.stdout.write('here\n')
for await (const _ of process.stdin);
if (process.argv[3] === 'unlocked') {
  const folder = fileURLToPath(new URL('../../src/records/migrations', import.meta.url))
  await migrateUnlocked(drizzle(client), { migrationsFolder: folder })
} else {
  await migrate(address)
}
const { rows } = await client.query('select count(*)::int as n from tickets')
await client.end()
process.exitCode = rows[0].n === 0 ? 0 : 1
