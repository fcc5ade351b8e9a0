import { expect, it } from 'vitest'
import { jobsOf } from '../../src/clockwork.ts'
import { operatorWarnings } from '../../src/jobs/backup-reminder.ts'
import { openLog } from '../../src/lib/log.ts'
import { noteFact } from '../../src/records/house-facts.ts'
import { confirmCopy } from '../../src/records/key-copy.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const keyring = makeKeyring()
const now = new Date('2026-11-23T02:00:00Z')
const about = async (mode: 'trial' | 'live', ring = keyring) =>
  (await operatorWarnings({ db, keyring: ring, keyFile: '/etc/balai/key', mode }, now)).map(one => one.about)

it('warns of keys without a copy until one is confirmed, and again when the keys change', async () => {
  expect(await about('trial')).toEqual(['keys'])
  await confirmCopy(db.pool, keyring, now)
  expect(await about('trial')).toEqual([])
  const [outer] = keyring.outer
  if (outer === undefined) throw new Error('A ring has an outer key.')
  expect(await about('trial', { ...keyring, outer: [...keyring.outer, { ...outer, id: 2 }] })).toEqual([
    'keys',
  ])
})

it.each([
  ['none', undefined, ['backup']],
  ['one of eight days ago', '2026-11-15T01:00:00Z', ['backup']],
  ['one of yesterday', '2026-11-22T02:00:00Z', []],
])('warns in live mode of %s', async (_, at, expected) => {
  if (at !== undefined) await noteFact(db.pool, 'last_backup', at)
  expect(await about('live')).toEqual(expected)
})

it('says nothing first after a restore, until a person has decided', async () => {
  await noteFact(db.pool, 'restored', JSON.stringify({ madeAt: '', restoredAt: '' }))
  expect(await about('trial')).toEqual(['restored'])
  const missing = () => {
    throw new Error('It spoke.')
  }
  const jobs = jobsOf({
    db,
    room: { houseOf: missing } as never,
    offices: { houses: new Map([['medan', {} as never]]) },
    files: { sweep: async () => 0 } as never,
    warnings: async () => [],
    log: openLog('silent'),
  })
  const clocks = jobs.find(({ name }) => name === 'clocks')
  expect(await clocks?.run()).toBeUndefined()
  await db.pool.query(`delete from house where name = 'restored'`)
  await expect(clocks?.run()).rejects.toThrow('It spoke')
})
