import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'
import { databaseUrl } from './accept/harness/database-url.ts'
import { testDatabase } from './helpers/database.ts'

const { db, address } = await testDatabase()
const url = typeof address === 'string' ? address : databaseUrl(address)

function retention(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise(done => {
    execFile(
      process.execPath,
      ['src/retention.ts', ...args],
      { env: { PATH: process.env.PATH, DATABASE_URL: url } },
      (error, out, err) => done({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}

it('tells what would go by class, office and month, and changes nothing', async () => {
  await db.pool.query(
    `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
     select n, case when n > 2 then 'medan' else 'lhokseumawe' end, 'web', gen_random_uuid(), 1, 'bot', '', 'sent', now(),
       '2025-03-05T00:00:00Z' from generate_series(1, 5) n`,
  )
  const json = await retention('--json', '--office', 'medan')
  expect(JSON.parse(json.out)).toEqual({
    class: 'words',
    office: 'medan',
    month: '2025-03-01',
    count: 3,
    days: 90,
  })
  const { out, err, code } = await retention()
  expect(out).toMatch(/^words +lhokseumawe +90 +2025-03 +2\nwords +medan +90 +2025-03 +3\nwords: 5 in all$/m)
  expect(err).toContain('nothing was changed')
  expect(code).toBe(0)
  expect((await db.pool.query('select 1 from outbox')).rowCount).toBe(5)
  expect((await db.pool.query('select 1 from forgotten')).rowCount).toBe(0)
})

it('tells what went, and says what it does not know', async () => {
  await db.pool.query(`insert into forgotten values ('medan', 'tickets', '2025-02-01', '2026-11-20', 4)`)
  const { out } = await retention('done', '--since', '2026-11-01')
  expect(out).toMatch(/^tickets +medan +365 +2025-02 +2026-11-20 +4$/m)
  expect((await retention('done', '--since', 'kemarin')).code).toBe(1)
  expect((await retention('now')).err).toContain('npm run retention')
})
