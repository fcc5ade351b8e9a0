import { expect, it } from 'vitest'
import { LIMITS } from '../../src/lib/limits.ts'
import { openDb } from '../../src/records/db.ts'
import { forgetFilesSent, openFileQuota } from '../../src/records/file-quota.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { testDatabase } from '../helpers/database.ts'

const { db, address } = await testDatabase()
const sealing = createSealing(makeKeyring())
const MB = 1024 * 1024
let today = '2026-11-22'
const quota = openFileQuota({ db, sealing, dayOf: () => today })

const from = (who: string, id: string, office = 'medan') =>
  ({ office, channel: 'telegram', address: who, externalId: `${who}:${id}` }) as const
const admitted = (answers: boolean[]) => answers.filter(Boolean).length
const many = (count: number) => Array.from({ length: count }, (_, n) => n)

it('takes as many files of a chat as a day has, of two processes at once too, and each once however often it is asked', async () => {
  const other = openDb(address, { max: 10 })
  const both = [quota, openFileQuota({ db: other, sealing, dayOf: () => today })]
  const most = LIMITS.chatFiles.most
  const asked = await Promise.all(
    many(most + 10).flatMap(n => both.map(one => one.admit(from('ani', `${n}`), 1000))),
  )
  await other.close()
  expect(asked.every((yes, n) => yes === asked[n ^ 1])).toBe(true)
  expect(admitted(asked)).toBe(2 * most)
  expect(await quota.admit(from('budi', '1'), 1000)).toBe(true)
  expect(await quota.admit({ ...from('ani', '1'), channel: 'web' }, 1000)).toBe(true)
  today = '2026-11-23'
  expect(await quota.admit(from('ani', 'next day'), 1000)).toBe(true)
})

it('counts bytes as they are announced, what is more once that is known, and no nonsense for less', async () => {
  const part = (LIMITS.chatFileBytes.most * MB) / 6
  for (const n of many(5)) expect(await quota.admit(from('citra', `${n}`), part)).toBe(true)
  expect(await quota.admit(from('citra', 'liar'), 1)).toBe(true)
  expect(await quota.admit(from('citra', 'liar'), part + 1)).toBe(false)
  expect(await quota.admit(from('citra', 'liar'), part)).toBe(true)
  for (const wrong of [-1e12, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(await quota.admit(from('dewi', String(wrong)), wrong)).toBe(wrong !== Number.POSITIVE_INFINITY)
  expect(await quota.admit(from('citra', 'one more'), 1)).toBe(false)
})

it('has a bound for an office, so that chat after chat does not fill the disk, and leaves others alone', async () => {
  const most = LIMITS.officeFiles.most
  await db.pool.query(
    `insert into files_sent (hash, office, address_hash, day, bytes)
     select decode(lpad(to_hex(n), 64, '0'), 'hex'), 'tanjungbalai', null, $2, 10 from generate_series(1, $1::int) n`,
    [most - 1, today],
  )
  expect(await quota.admit(from('eka', '1', 'tanjungbalai'), 1)).toBe(true)
  expect(await quota.admit(from('fajar', '1', 'tanjungbalai'), 1)).toBe(false)
  expect(await quota.admit(from('fajar', '1', 'lhokseumawe'), 1)).toBe(true)
})

it('is forgotten when its day is over', async () => {
  await db.pool.query(`update files_sent set day = current_date - 2`)
  expect(await forgetFilesSent(db.pool)).toBeGreaterThan(LIMITS.officeFiles.most)
})
