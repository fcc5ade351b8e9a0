import type { Db } from '../records/db.ts'

/**
 * A process is known by what its connections are called: while it lives there is one, since it looks for work every second, and within
 * milliseconds of its death there is none. A note of the whole house would not do: the second process to start would find the first
 * at work and take it for dead, and a clean stop of the one would hide the death of the other.
 */
const OURS = `'inbox/' || current_setting('application_name')`
const LEFT_BEHIND = `name like 'inbox/%'
  and not exists (select 1 from pg_stat_activity where 'inbox/' || application_name = house.name)`

/** Notes that this process takes messages. Gives the notes of those that ended without stopping, however often it is asked. */
export async function comeToWork({ pool }: Pick<Db, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `with noted as (insert into house (name, value) values (${OURS}, 'working') on conflict do nothing)
     select name from house where ${LEFT_BEHIND}`,
  )
  return rows.map(({ name }) => name)
}

/** Notes that this process has stopped as it should. */
export async function leaveWork({ pool }: Pick<Db, 'pool'>): Promise<void> {
  await pool.query(`delete from house where name = ${OURS}`)
}

/** Nobody need know of these deaths any more. */
export async function forgetLeft({ pool }: Pick<Db, 'pool'>, names: readonly string[]): Promise<void> {
  await pool.query('delete from house where name = any($1::text[])', [names])
}

/** Earlier versions kept one note for the whole house. Nobody reads it, and no stop takes it away. */
export async function forgetOldNote({ pool }: Pick<Db, 'pool'>): Promise<void> {
  await pool.query(`delete from house where name = 'inbox'`)
}
