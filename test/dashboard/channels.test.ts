import { expect, it } from 'vitest'
import { noteStanding } from '../../src/records/channel-standings.ts'
import { notePrices } from '../../src/records/prices.ts'
import { noteSession, sessionOf } from '../../src/records/whatsapp-session.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { sealing } = line.room
const house = openDeskHouse({
  db,
  line,
  houses,
  channels: { lhokseumawe: { telegram: { by: 'poll', token: 'never shown' }, whatsapp: { by: 'baileys' } } },
})
const admin = await house.comes({ name: 'Admin', role: 'admin', proved: true })
const hasty = await house.comes({ name: 'Admin Dua', role: 'admin' })
const rina = await house.comes({ name: 'Rina', proved: true })

const at = '/desk/lhokseumawe/channels'
const session = () => sessionOf(db.pool, sealing, 'lhokseumawe')

it('says of each channel how it is, and of a poller that went silent that it does not work', async () => {
  const read = async () => (await admin.get(at)).text()
  expect(await read()).toContain('belum diketahui')
  await noteStanding(db.pool, {
    office: 'lhokseumawe',
    channel: 'telegram',
    state: 'down',
    reason: 'conflict',
  })
  expect(await read()).toContain('dipakai di tempat lain')
  await noteStanding(db.pool, { office: 'lhokseumawe', channel: 'telegram', state: 'up', reason: '' })
  const well = await read()
  expect(well).not.toContain('dipakai di tempat lain')
  expect(well).not.toContain('never shown')
  await db.pool.query(`update channel_standings set seen_at = now() - interval '6 minutes'`)
  expect(await read()).toContain('Tidak ada yang mengambil pesan')
})

it('says what the platform counted and charged, month by month, and nothing of other offices', async () => {
  const read = async () => (await admin.get(at)).text()
  expect(await read()).not.toContain('Pesan yang dihitung Meta')
  const note = (office: string, category: string, billable: boolean, refs: string[]) =>
    notePrices(
      db.pool,
      sealing,
      refs.map(ref => ({
        office,
        channel: 'whatsapp-cloud' as const,
        key: ref,
        ref,
        at: new Date(),
        state: 'delivered' as const,
        price: { category, type: billable ? 'regular' : 'free_customer_service', billable },
      })),
    )
  await note('lhokseumawe', 'utility', true, ['a', 'b'])
  await note('lhokseumawe', 'utility', false, ['c'])
  await note('medan', 'marketing', true, ['d'])
  const page = await read()
  expect(page).toMatch(/pemberitahuan layanan<\/td><td class="number">2<\/td><td class="number">1</)
  expect(page).not.toContain('pengumuman</td>')
})

it('asks for a link in the name of an administrator who gave the second factor, and shows the code to them alone', async () => {
  const link = `${at}/whatsapp`
  expect((await rina.post(link, { do: 'qr' })).status).toBe(403)
  expect((await hasty.post(link, { do: 'qr' })).status).toBe(403)
  expect(await session()).toBeUndefined()
  expect((await admin.post(link, { do: 'code', phone: '12' })).status).toBe(422)
  expect((await admin.post(link, { do: 'qr' })).status).toBe(303)
  expect((await session())?.asked).toEqual({ by: 'qr' })
  const waiting = await admin.get(link)
  expect([waiting.headers.get('refresh'), waiting.headers.get('cache-control')]).toEqual(['5', 'no-store'])
  await noteSession(db.pool, sealing, 'lhokseumawe', {
    status: 'linking',
    shown: { is: 'qr', text: '2@words-of-the-code' },
  })
  const shown = await (await admin.get(link)).text()
  expect(shown).toContain('class="qr"')
  expect(shown).not.toContain('words-of-the-code')
  expect((await admin.get(`${link}?still=yes`)).headers.get('refresh')).toBeNull()
  for (const other of [hasty, rina]) {
    const refused = await other.get(link)
    expect(refused.status).toBe(403)
    expect(await refused.text()).not.toContain('class="qr"')
  }
  await noteSession(db.pool, sealing, 'lhokseumawe', { shown: { is: 'code', text: 'ABCD1234' } })
  expect(await (await admin.get(link)).text()).toContain('ABCD-1234')
  await noteSession(db.pool, sealing, 'lhokseumawe', { status: 'linked', shown: null, done: 'link' })
  const linked = await admin.get(link)
  expect(linked.headers.get('refresh')).toBeNull()
  expect(await linked.text()).not.toContain('ABCD')
  expect((await admin.post(link, { do: 'qr' })).status).toBe(422)
  await admin.post(link, { do: 'unlink' })
  expect((await session())?.asked).toEqual({ by: 'unlink' })
  const { rows } = await db.pool.query(
    `select action from audit_log where action like 'whatsapp%' order by number`,
  )
  expect(rows.map(({ action }) => action)).toEqual(['whatsapp_qr_asked', 'whatsapp_unlink_asked'])
})
