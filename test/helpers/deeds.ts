import type { Db } from '../../src/records/db.ts'

/** What nobody but the owner of the tables is to do, and whoever gets words into a statement of ours would like to. */
export const DEEDS: Readonly<Record<string, string>> = {
  'make a table': 'create table made ()',
  'make a schema': 'create schema made',
  'make a function': 'create function public.made() returns int language sql return 1',
  'change a table': 'alter table tickets add column made text',
  'drop a table': 'drop table tickets cascade',
  'empty a table': 'truncate inbox',
  'watch a table':
    'create trigger made before update on tickets for each row execute function forget_search()',
  'make an index': 'create index on tickets (id)',
  'switch triggers off': 'alter table audit_log disable trigger user',
  'replay without triggers': 'set session_replication_role = replica',
  'change an entry of the audit log': `update audit_log set subject = 'other' where office = 'none'`,
  'take an entry away': `delete from audit_log where office = 'none'`,
  'take the head of a log away': `delete from audit_heads where office = 'none'`,
  'change the function that forgets entries': 'alter function forget_audit(text, bigint) security invoker',
  'note a step of the schema': `insert into drizzle.__drizzle_migrations (hash, created_at) values ('made', 1)`,
  'make a role': 'create role made',
  'raise itself': 'alter role current_user superuser',
  'read passwords': 'select rolpassword from pg_authid',
  'read a file': `select pg_read_file('PG_VERSION')`,
  'list a folder': `select pg_ls_dir('.')`,
  'run a program': `copy (select 1) to program 'cat > /dev/null'`,
  'write a file': `copy (select 1) to '/dev/null'`,
  'have the settings read again': 'select pg_reload_conf()',
}

/** Tries each, and undoes it; the names of those that could be done. Throws where one failed for another reason than want of a right. */
export async function deedsDone({ pool }: Pick<Db, 'pool'>): Promise<string[]> {
  const done: string[] = []
  for (const [name, sql] of Object.entries(DEEDS)) {
    const client = await pool.connect()
    try {
      await client.query('begin')
      await client.query(sql)
      done.push(name)
    } catch (error) {
      if ((error as { code?: string }).code !== '42501')
        throw new Error(`To ${name}: ${error}`, { cause: error })
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  return done
}
