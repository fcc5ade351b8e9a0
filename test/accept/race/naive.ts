import { randomBytes } from 'node:crypto'
import { hashOfToken } from '../../../src/records/sign-in-links.ts'
import type { Field } from './field.ts'
import { allAtOnce, times } from './served.ts'

/** Wrong on purpose: looks whether a link is good, and then takes it away. How many come in by one link. */
export async function readThenWrite({ pages, people, atOnce }: Field): Promise<number> {
  const [who] = await people(1, {})
  const hash = hashOfToken(randomBytes(32).toString('base64url'))
  const { pool } = pages.db
  await pool.query(
    `insert into sign_in_links (hash, staff_id, expires_at) values ($1, $2, now() + interval '5 minutes')`,
    [hash, who?.id],
  )
  const found = await allAtOnce(times(atOnce), async () => {
    const { rows } = await pool.query(
      'select staff_id from sign_in_links where hash = $1 and expires_at > now()',
      [hash],
    )
    await pool.query('delete from sign_in_links where hash = $1', [hash])
    return rows.length
  })
  return found.reduce((sum, one) => sum + one, 0)
}
