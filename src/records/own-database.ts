import { Refusal } from '../lib/refusal.ts'
import type { Db } from './db.ts'
import { houseFact } from './house-facts.ts'
import { fingerprint, type Keyring } from './keyring.ts'

/**
 * Makes sure that this database was sealed with these keys; the first start notes them down. With another key nothing
 * could be read and every known citizen would look like a stranger, so we rather do not start.
 */
export async function checkKeyring(db: Db, keyring: Keyring): Promise<void> {
  const mark = fingerprint(keyring)
  await db.pool.query(`insert into house (name, value) values ('sealing_key', $1) on conflict do nothing`, [
    mark,
  ])
  const { rows } = await db.pool.query<{ value: string }>(
    `select value from house where name = 'sealing_key'`,
  )
  if (rows[0]?.value === mark) return
  throw new Refusal(
    'The sealing key does not belong to this database: nothing in it could be read. ' +
      'Your move: put back the key file that was in use, or point to the database that belongs to this key.',
  )
}

/**
 * Trial data never reaches live: citizens' codes and conversations would be those of people who tried things out. Nor is a live house
 * ever shown as a trial, where anybody with a browser works at its desks. The first start notes the mode down.
 */
export async function checkMode(db: Db, mode: 'trial' | 'live'): Promise<void> {
  await db.pool.query(`insert into house (name, value) values ('mode', $1) on conflict do nothing`, [mode])
  const begun = await houseFact(db.pool, 'mode')
  if (begun === mode) return
  throw new Refusal(
    `This database was begun in ${begun} mode and is never served in ${mode} mode. Nothing was touched. ` +
      (begun === 'trial'
        ? 'Your move: another DATA_DIR or DATABASE_URL; flows, offices and articles can go along (docs/going-live.md).'
        : 'Your move: set MODE=live, or another DATA_DIR or DATABASE_URL.'),
  )
}
