import type { Queryable } from './db.ts'

/** Facts about the installation itself, one row each. */
export type HouseFact =
  | 'alerts'
  | 'clock'
  | 'keys_sealed'
  | 'outer_keys'
  | 'sealing_key'
  | 'mode'
  | 'last_backup'
  | 'key_copy'
  | 'restored'

export async function houseFact(on: Queryable, name: HouseFact): Promise<string | undefined> {
  const { rows } = await on.query<{ value: string }>('select value from house where name = $1', [name])
  return rows[0]?.value
}

export async function noteFact(on: Queryable, name: HouseFact, value: string): Promise<void> {
  await on.query(
    'insert into house (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
    [name, value],
  )
}

export async function dropFact(on: Queryable, name: HouseFact): Promise<void> {
  await on.query('delete from house where name = $1', [name])
}
