import pg from 'pg'
import { connectionOf, type ServerAddress } from '../../src/records/address.ts'

/**
 * A clock of its own for one database: every connection opened from now on finds another `now()` before the server's. Only the
 * statements of its clients see it, as they would a stepped clock; the server itself goes on. Made before anybody else connects.
 */
export async function steppingClock(address: ServerAddress): Promise<{ stepTo(ms: number): Promise<void> }> {
  const ask = async (...statements: string[]) => {
    const client = new pg.Client(connectionOf(address))
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await ask(
    'create schema stepping',
    'create table stepping.by (ms float8 not null)',
    'insert into stepping.by values (0)',
    `create function stepping.now() returns timestamptz language sql stable as
       $$ select pg_catalog.now() + ms * interval '1 millisecond' from stepping.by $$`,
    'grant usage on schema stepping to public',
    'grant select on stepping.by to public',
    `alter database ${address.database} set search_path = stepping, pg_catalog, public`,
  )
  return { stepTo: ms => ask(`update stepping.by set ms = ${ms}`) }
}
