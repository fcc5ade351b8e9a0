import { expect, it } from 'vitest'
import { lastBefore } from '../../src/records/last-before.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const before = (days: number) => lastBefore(db.pool, { table: 'outbox', moment: 'created_at', days })

it('finds none in an empty table, nor where all is young', async () => {
  expect(await before(90)).toBe(0)
})

it('finds the last number that is old enough, though rows are missing and some were dated anew', async () => {
  await db.pool.query(
    `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
     select n, 'medan', 'web', gen_random_uuid(), 1, 'bot', '', 'sent', now(), now() - (1000 - n) * interval '1 day'
     from generate_series(1, 1000) n`,
  )
  await db.pool.query('delete from outbox where id % 3 = 0 or id between 400 and 520')
  await db.pool.query('update outbox set created_at = now() where id % 50 = 1')
  for (const days of [1, 90, 300, 500, 990]) {
    const { rows } = await db.pool.query<{ last: number }>(
      `select coalesce(max(id), 0) as last from outbox where created_at < now() - $1 * interval '1 day'`,
      [days],
    )
    // It may stop within the rows that are looked at together, never beyond them.
    expect(Math.abs((await before(days)) - (rows[0]?.last ?? 0)), `${days} days`).toBeLessThanOrEqual(40)
  }
  expect(await before(2000)).toBe(0)
})
