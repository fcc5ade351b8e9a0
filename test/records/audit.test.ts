import { expect, it } from 'vitest'
import { note } from '../../src/records/audit.ts'
import { transaction } from '../../src/records/db.ts'
import { forgetEntries } from '../../src/records/forget-audit.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { walkChain } from '../../src/records/walk-audit.ts'
import { testDatabase } from '../helpers/database.ts'

const {
  db: program,
  owner: { db },
} = await testDatabase()
const sealing = createSealing(makeKeyring())
const at = new Date('2026-11-23T02:00:00.123Z')

function write(office: string, subject: string): Promise<void> {
  const entry = { office, actor: null, action: 'seen', subject }
  return transaction(db, client => note(client, sealing, entry, at))
}

/** As the owner of the tables, who can switch the trigger off. */
async function asOwner(sql: string): Promise<void> {
  await db.pool.query(
    `alter table audit_log disable trigger all; ${sql}; alter table audit_log enable trigger all`,
  )
}

it('is whole however many write at once, each office for itself', async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => write(n % 3 === 0 ? 'medan' : 'lhokseumawe', `S${n}`)),
  )
  expect(await walkChain(db.pool, sealing, 'lhokseumawe')).toEqual({ entries: 8, firstBad: undefined })
  expect(await walkChain(db.pool, sealing, 'medan')).toEqual({ entries: 4, firstBad: undefined })
})

it('cannot be changed or emptied', async () => {
  for (const sql of [`update audit_log set subject = 'x'`, 'delete from audit_log', 'truncate audit_log']) {
    await expect(db.pool.query(sql)).rejects.toThrow('never changed')
    await expect(program.pool.query(sql)).rejects.toThrow('permission denied')
  }
})

it.each([
  ['a change', `update audit_log set subject = 'other' where office = 'medan' and number = 2`, 2],
  ['a missing entry', `delete from audit_log where office = 'medan' and number = 3`, 3],
  [
    'a swap',
    `update audit_log set number = -number where office = 'medan' and number in (2, 3);
     update audit_log set number = 5 + number where office = 'medan' and number < 0`,
    2,
  ],
  ['an end cut off', `delete from audit_log where office = 'medan' and number = 4`, 4],
  [
    'a head that was changed',
    `update audit_heads set number = 3 where office = 'medan'; delete from audit_log where office = 'medan' and number = 4`,
    1,
  ],
  [
    'an end cut off with its head',
    `delete from audit_log where office = 'medan' and number = 4; update audit_heads h set number = 3,
     hash = (select hash from audit_log where office = 'medan' and number = 3) where office = 'medan'`,
    1,
  ],
])('finds %s', async (_, sql, firstBad) => {
  await db.pool.query(
    'create table kept as select * from audit_log; create table heads as select * from audit_heads',
  )
  await asOwner(sql)
  expect((await walkChain(db.pool, sealing, 'medan')).firstBad).toBe(firstBad)
  await asOwner(`delete from audit_log; insert into audit_log select * from kept; delete from audit_heads;
    insert into audit_heads select * from heads; drop table kept; drop table heads`)
  expect((await walkChain(db.pool, sealing, 'medan')).firstBad).toBeUndefined()
})

it('forgets what is older than two years, and is whole from there on', async () => {
  const later = new Date('2029-01-01T00:00:00Z')
  const forget = (now: Date) =>
    transaction(db, client => forgetEntries(client, sealing, { office: 'lhokseumawe', days: 730 }, now))
  expect(await forget(at)).toEqual([])
  const entry = { office: 'lhokseumawe', actor: null, action: 'seen', subject: 'late' }
  await transaction(db, client => note(client, sealing, entry, later))
  expect(await forget(later)).toHaveLength(8)
  expect(await walkChain(db.pool, sealing, 'lhokseumawe')).toEqual({ entries: 1, firstBad: undefined })
  await expect(db.pool.query('delete from audit_log')).rejects.toThrow('never changed')
})

it('lets the program forget what a year has passed over, and nothing younger', async () => {
  const office = 'tanjungbalai'
  const now = new Date()
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  // The second was written while the clock was wrong.
  for (const days of [800, -300, 400, 300])
    await transaction(program, client =>
      note(client, sealing, { office, actor: null, action: 'seen', subject: 'T' }, before(days)),
    )
  const forget = (days: number) =>
    transaction(program, client => forgetEntries(client, sealing, { office, days }, now))
  await expect(forget(200)).rejects.toThrow('kept for a year')
  expect(await walkChain(program.pool, sealing, office)).toEqual({ entries: 4, firstBad: undefined })
  expect(await forget(365)).toEqual([before(800), before(-300), before(400)])
  expect(await walkChain(program.pool, sealing, office)).toEqual({ entries: 1, firstBad: undefined })
  const byHand = `set balai.forgets_audit = 'yes'; delete from audit_log`
  await expect(program.pool.query(byHand)).rejects.toThrow('permission denied')
})
