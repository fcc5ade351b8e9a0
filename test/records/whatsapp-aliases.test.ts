import { beforeEach, expect, it } from 'vitest'
import { makeKeyring } from '../../src/records/keyring.ts'
import { hashOfAddress } from '../../src/records/look-up.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { aliasRecords, forgetAliases } from '../../src/records/whatsapp-aliases.ts'
import { sessionKeys } from '../../src/records/whatsapp-keys.ts'
import { askFor } from '../../src/records/whatsapp-session.ts'
import { testDatabase } from '../helpers/database.ts'

const { db, owner } = await testDatabase()
const sealing = createSealing(makeKeyring())
const aliases = aliasRecords({ channel: 'whatsapp', db, sealing })
const PN = '6281100000001@s.whatsapp.net'
const LID = '100000000000001@lid'

beforeEach(() => owner.db.pool.query('truncate aliases').then(() => undefined))
const age = () =>
  db.pool.query(`update aliases set last_at = last_at - interval '2 hours' where last_at > 'epoch'`)

it('knows one person by either name, and answers at the one they used last', async () => {
  expect(await aliases.addressOf('medan', [PN, LID])).toBe(PN)
  expect(await aliases.addressOf('medan', [LID])).toBe(PN)
  expect((await aliases.latest('medan', PN))?.id).toBe(LID)
  await aliases.addressOf('medan', [PN])
  expect((await aliases.latest('medan', PN))?.id).toBe(PN)
  expect(await aliases.addressOf('tanjungbalai', [LID])).toBe(LID)
  expect(await aliases.latest('medan', 'nobody')).toBeUndefined()
})

it('joins two names that were two people, under the older', async () => {
  await aliases.addressOf('medan', [LID])
  await age()
  await aliases.addressOf('medan', [PN])
  await aliases.join('medan', [LID, PN])
  expect(await aliases.addressOf('medan', [PN])).toBe(LID)
})

it('does not remember people who never wrote', async () => {
  await aliases.join('medan', [LID, PN])
  expect((await db.pool.query('select 1 from aliases')).rowCount).toBe(0)
  await aliases.addressOf('medan', [LID])
  await aliases.join('medan', [LID, PN])
  expect(await aliases.addressOf('medan', [PN])).toBe(LID)
})

it('shows no name in the table', async () => {
  await aliases.addressOf('medan', [PN, LID])
  const { rows } = await db.pool.query<{ row: string }>('select a::text as row from aliases a')
  expect(rows.map(({ row }) => row).join()).not.toMatch(/6281100000001|100000000000001/)
})

it('takes many messages of one person at once', async () => {
  const found = await Promise.all(
    Array.from({ length: 20 }, (_, n) => aliases.addressOf('medan', n % 2 === 0 ? [PN, LID] : [LID, PN])),
  )
  expect(new Set(found).size).toBe(1)
})

it('forgets with somebody which number goes with which id on a linked number, and nothing else of its keys', async () => {
  const [pn, lid, other] = ['6281100000001', '100000000000001', '6281100000002']
  await askFor(db.pool, sealing, 'medan', { by: 'qr' })
  await db.pool.query(`insert into polls (office, channel, epoch) values ('medan', 'whatsapp', 1)`)
  const keys = await sessionKeys({ db, sealing }, 'medan', 1)
  const pairs = [
    { type: 'lid-mapping', id: pn, value: JSON.stringify(lid) },
    { type: 'lid-mapping', id: `${lid}_reverse`, value: JSON.stringify(pn) },
  ]
  const others = [
    { type: 'lid-mapping', id: other, value: JSON.stringify('100000000000002') },
    { type: 'session', id: `${lid}_1.0`, value: '"…"' },
  ]
  const left = async () =>
    (await Promise.all([...pairs, ...others].map(({ type, id }) => keys.load(type, [id])))).map(
      ([value]) => value !== null,
    )
  // Known by both names, by one of them, and with a device.
  for (const names of [[PN, LID], [PN], [LID], ['100000000000001:7@lid']]) {
    await keys.save([...pairs, ...others])
    await aliases.addressOf('medan', names)
    expect(await left()).toEqual([true, true, true, true])
    await age()
    expect(await forgetAliases({ db, sealing })).toBe(names.length)
    expect(await left()).toEqual([false, false, true, true])
  }
})

it('forgets a name that cannot be opened any more', async () => {
  await aliases.addressOf('medan', [PN])
  await db.pool.query(`update aliases set sealed = 'x', last_at = now() - interval '2 hours'`)
  expect(await forgetAliases({ db, sealing })).toBe(1)
})

it('forgets names with the conversation, and keeps those of staff', async () => {
  const id = await addStaff(db.pool, sealing, { office: 'medan', name: 'Rina', role: 'staff', desks: null })
  const code = await linkForStaff(db.pool, sealing, { id, office: 'medan' })
  const staff = await aliases.addressOf('medan', ['6281100000009@s.whatsapp.net'])
  await bindAccount(db, sealing, { office: 'medan', channel: 'whatsapp', account: staff }, code)
  const address = await aliases.addressOf('medan', [PN, LID])
  await db.pool.query(
    `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq, language, updated_at)
     values (gen_random_uuid(), 'medan', 'whatsapp', $1, 'citizen', '', '', '', 0, 0, 'id', now())`,
    [hashOfAddress(sealing, { office: 'medan', channel: 'whatsapp', address })],
  )
  expect(await forgetAliases({ db, sealing })).toBe(0)
  await age()
  expect(await forgetAliases({ db, sealing })).toBe(0)
  await db.pool.query('delete from conversations')
  expect(await forgetAliases({ db, sealing })).toBe(2)
  expect((await aliases.latest('medan', staff))?.id).toBe(staff)
})
