import { randomUUID } from 'node:crypto'
import type { Db } from './db.ts'

/** A word of chance by which this database differs from every other; made when it is first asked for, and then always the same. */
export async function houseWord({ pool }: Pick<Db, 'pool'>, name: string): Promise<string> {
  const { rows } = await pool.query<{ value: string }>(
    `insert into house (name, value) values ($1, $2)
     on conflict (name) do update set value = house.value returning value`,
    [name, randomUUID()],
  )
  return rows[0]?.value ?? ''
}
