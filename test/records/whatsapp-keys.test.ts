import { expect, it } from 'vitest'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { LeadLost, sessionKeys } from '../../src/records/whatsapp-keys.ts'
import {
  forgetHeard,
  forgetKnown,
  forgetSent,
  heardSince,
  sentRecords,
} from '../../src/records/whatsapp-messages.ts'
import {
  askFor,
  countBegun,
  noteSession,
  sessionOf,
  wipeSession,
} from '../../src/records/whatsapp-session.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const sealing = createSealing(makeKeyring())
const parts = { db, sealing }
let epoch = 0

async function lead(office = 'medan'): Promise<number> {
  epoch += 1
  await db.pool.query(
    `insert into polls (office, channel, epoch) values ($1, 'whatsapp', $2)
     on conflict (office, channel) do update set epoch = $2`,
    [office, epoch],
  )
  return epoch
}

async function keys(office = 'medan') {
  await askFor(db.pool, sealing, office, { by: 'qr' })
  return sessionKeys(parts, office, await lead(office))
}

it('keeps keys sealed, by names that say nothing, and gives them back', async () => {
  const own = await keys()
  await own.save([
    { type: 'session', id: '6281100000001.0', value: 'rahasia' },
    { type: 'creds', id: 'creds', value: '{"me":"6281100000001"}' },
  ])
  expect(await own.load('session', ['6281100000001.0', 'none'])).toEqual(['rahasia', null])
  const { rows } = await db.pool.query<{ row: string }>('select k::text as row from whatsapp_keys k')
  expect(rows.map(({ row }) => row).join()).not.toMatch(/6281100000001|rahasia/)
  await own.save([{ type: 'session', id: '6281100000001.0', value: null }])
  expect(await own.load('session', ['6281100000001.0'])).toEqual([null])
  // The last word counts, also within one set.
  await own.save([
    { type: 'a', id: '1', value: 'x' },
    { type: 'a', id: '1', value: 'y' },
  ])
  expect(await own.load('a', ['1'])).toEqual(['y'])
})

it('does not open a key in the place of another', async () => {
  const own = await keys('tanjungbalai')
  await own.save([
    { type: 'a', id: '1', value: 'x' },
    { type: 'a', id: '2', value: 'y' },
  ])
  await db.pool.query(`update whatsapp_keys k set sealed = o.sealed from whatsapp_keys o
                       where k.office = 'tanjungbalai' and o.office = k.office and o.hash <> k.hash`)
  await expect(own.load('a', ['1'])).rejects.toThrow()
})

it('writes nothing under an epoch that is over: neither keys nor words', async () => {
  const own = await keys()
  await lead()
  const before = (await db.pool.query('select 1 from whatsapp_keys')).rowCount
  const late = own.save([{ type: 'b', id: '1', value: 'x' }], [{ names: ['chat', 'id'], text: 'kata' }])
  await expect(late).rejects.toThrow(LeadLost)
  expect((await db.pool.query('select 1 from whatsapp_keys')).rowCount).toBe(before)
  expect(await heardSince(parts, 'medan', 0)).toEqual([])
})

it('keeps what was said once, in order, until it is taken', async () => {
  const own = await keys('medan')
  const said = (id: string) => ({ names: ['chat', id], text: `kata ${id}` })
  const [first, second] = await own.save([], [said('1'), said('2')])
  expect(await own.save([], [said('1'), said('3')])).toEqual([undefined, expect.any(Number)])
  expect((await heardSince(parts, 'medan', 0)).map(({ text }) => text)).toEqual([
    'kata 1',
    'kata 2',
    'kata 3',
  ])
  expect(await heardSince(parts, 'medan', second ?? 0)).toHaveLength(1)
  await forgetHeard(db, first ?? 0)
  expect(await heardSince(parts, 'medan', 0)).toHaveLength(2)
  // Taken in it is known, and no news; after a month it is not even known.
  expect(await own.save([], [said('1')])).toEqual([undefined])
  expect([await own.knows(['chat', '1']), await own.knows(['chat', '4'])]).toEqual([true, false])
  expect(await forgetKnown(db)).toBe(0)
  await db.pool.query(`update whatsapp_heard set heard_at = now() - interval '31 days'`)
  expect(await forgetKnown(db)).toBe(1)
  expect(await own.knows(['chat', '1'])).toBe(false)
  expect(await heardSince(parts, 'tanjungbalai', 0)).toEqual([])
})

it('notes how a number is doing, and forgets it with its keys', async () => {
  const own = await keys('lhokseumawe')
  await askFor(db.pool, sealing, 'lhokseumawe', { by: 'code', phone: '6281100000001' })
  expect(await sessionOf(db.pool, sealing, 'lhokseumawe')).toMatchObject({
    status: 'unlinked',
    asked: { by: 'code', phone: '6281100000001' },
  })
  await noteSession(db.pool, sealing, 'lhokseumawe', {
    status: 'linking',
    shown: { is: 'code', text: 'ABCD1234' },
  })
  expect(await sessionOf(db.pool, sealing, 'lhokseumawe')).toMatchObject({
    shown: { is: 'code', text: 'ABCD1234' },
  })
  await noteSession(db.pool, sealing, 'lhokseumawe', { status: 'linked', done: 'link', shown: null })
  expect(await sessionOf(db.pool, sealing, 'lhokseumawe')).toMatchObject({
    asked: undefined,
    shown: undefined,
  })
  const { rows } = await db.pool.query<{ row: string }>('select s::text as row from whatsapp_sessions s')
  expect(rows.map(({ row }) => row).join()).not.toContain('6281100000001')
  await own.save([{ type: 'creds', id: 'creds', value: 'x' }])
  await wipeSession(db.pool, sealing, 'lhokseumawe')
  const again = await sessionKeys(parts, 'lhokseumawe', await lead('lhokseumawe'))
  expect(await again.load('creds', ['creds'])).toEqual([null])
  expect(await sessionOf(db.pool, sealing, 'nowhere')).toBeUndefined()
})

it('keeps what was sent while a phone may ask for it', async () => {
  const sent = sentRecords(parts)
  await sent.keep('medan', '3EB01', 'isi')
  expect((await sent.of('medan', '3EB01'))?.content).toBe('isi')
  expect(await sent.of('tanjungbalai', '3EB01')).toBeUndefined()
  await sent.delivered('medan', ['3EB01'])
  const { rows } = await db.pool.query<{ left: number }>(
    'select extract(epoch from kept_until - now())::int as left from whatsapp_sent',
  )
  expect(rows[0]?.left).toBeLessThanOrEqual(3_600)
  await db.pool.query(`update whatsapp_sent set kept_until = now() - interval '1 second'`)
  expect(await sent.of('medan', '3EB01')).toBeUndefined()
  expect(await forgetSent(db)).toBe(1)
})

it('counts the chats an office begins in a day', async () => {
  const begin = (day: string, most: number) => countBegun(db, 'medan', day, most)
  expect([await begin('2026-11-21', 2), await begin('2026-11-21', 2), await begin('2026-11-21', 2)]).toEqual([
    true,
    true,
    false,
  ])
  expect(await begin('2026-11-22', 2)).toBe(true)
  expect(await begin('2026-11-23', 0)).toBe(false)
})
