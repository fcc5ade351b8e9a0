import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { houses, NOON, testLine } from '../helpers/line.ts'
import { announcementIn, outreachOn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { subscribers, run, chatOf, turnTo } = outreachOn(line, db)
const house = openDeskHouse({ db, line, houses })
house.now.at = NOON
const writer = await house.comes({ name: 'Rina', role: 'observer', duties: ['broadcaster'] })
const head = await house.comes({ name: 'Kepala', role: 'head' })
const operator = await house.comes({ name: 'Budi' })

const DESK = '/desk/lhokseumawe/announcements'
const WORDS = 'Jadwal bursa kerja berubah menjadi 5 Desember 2026 di balai kota.'
const draft = (more: Record<string, string> = {}) => ({
  key: randomUUID(),
  topic: 'news',
  id: WORDS,
  ...more,
})
const news = (who: string) => line.heard(who).filter(text => text.includes('bursa kerja'))
const text = async (answer: Response | Promise<Response>) => (await answer).text()

async function drafted(who: Visitor = writer, more: Record<string, string> = {}): Promise<string> {
  const answer = await who.post(`${DESK}/new`, draft(more))
  expect(answer.status).toBe(303)
  return announcementIn(answer.headers.get('location') ?? '')
}
const deed = (who: Visitor, code: string, verb: string, more: Record<string, string> = {}) =>
  who.post(`${DESK}/${code}/${verb}`, { key: randomUUID(), ...more })

it('goes out once another person has approved it, and the group hears each step', async () => {
  await subscribers(['ani', 'bayu'])
  const code = await drafted()
  const page = await text(head.get(`${DESK}/${code}`))
  expect(page).toContain(WORDS)
  expect(page).toContain('Penerima sekarang: 2 (Telegram 2)')
  expect(page).toContain('Ketik *stop*')
  expect((await deed(writer, code, 'approve')).status).toBe(403)
  expect((await deed(writer, code, 'send')).status).toBe(422)
  expect((await deed(head, code, 'approve')).status).toBe(303)
  await run()
  expect(news('ani')).toEqual([])
  expect((await deed(head, code, 'send')).status).toBe(303)
  await run()
  expect([news('ani').length, news('bayu').length]).toEqual([1, 1])
  const after = await text(operator.get(`${DESK}/${code}`))
  expect(after).toMatch(/Terkirim <b>2<\/b> · gagal <b>0<\/b>/)
  expect(after).toMatch(/<progress max="2" value="2"/)
  expect(after).not.toContain('/correct"')
  expect(line.shown('general').join('\n')).toContain(`*${code}* disusun Rina`)
  const { rows } = await db.pool.query<{ action: string }>(
    'select action from audit_log where subject = $1 order by number',
    [code],
  )
  expect(rows.map(({ action }) => action)).toEqual(
    ['announce', 'approve', 'send'].map(verb => `announcement_${verb}`),
  )
})

it('is never approved by who wrote it, here or in the group', async () => {
  const code = await drafted(head)
  expect(await text(deed(head, code, 'approve'))).toContain('Anda susun sendiri')
  const { rows } = await db.pool.query('select status from announcement_versions where status = $1', [
    'draft',
  ])
  expect(rows).toHaveLength(1)
  expect((await deed(head, code, 'stop')).status).toBe(303)
})

it('drafted twice by one press is there once', async () => {
  const form = draft()
  await writer.post(`${DESK}/new`, form)
  await writer.post(`${DESK}/new`, form)
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*)::int as count from announcement_versions where status = 'draft'`,
  )
  expect(rows[0]?.count).toBe(1)
  await db.pool.query(
    'delete from announcements where id in (select announcement_id from announcement_versions where status = $1)',
    ['draft'],
  )
})

it('goes by itself at the time it was drafted with, once approved', async () => {
  const code = await drafted(writer, { time: '2026-11-24T09:30' })
  expect(await text(head.get(`${DESK}/${code}`))).toContain('sesudah disetujui, mulai 24 November 2026')
  await deed(head, code, 'approve')
  const before = news('ani').length
  await run()
  expect(news('ani')).toHaveLength(before)
  turnTo(new Date('2026-11-24T02:31:00Z'))
  await run()
  expect(news('ani')).toHaveLength(before + 1)
  turnTo(NOON)
})

it('is for nobody more than was asked for, and says what it cannot read', async () => {
  const answer = await writer.post(`${DESK}/new`, draft({ topic: 'vacancy', education: 'Ners' }))
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('Pendidikan hanya untuk lowongan')
  expect(page).toContain(WORDS)
  const code = await drafted(writer, {
    topic: 'vacancy',
    kind: 'pppk',
    education: 'S-1 Hukum',
    place: 'Banda Sakti',
  })
  expect(await text(head.get(`${DESK}/${code}`))).toContain('lowongan PPPK, S 1 hukum, di banda sakti')
  expect(
    await text(
      writer.post(`${DESK}/new`, draft({ id: 'Daftar sekarang di bit.ly/abc123, jangan terlambat.' })),
    ),
  ).toContain('tautan pendek')
})

it('names chats nobody knows of by a mark; their address takes the second factor, a reason, and is logged', async () => {
  await subscribers(['eka'])
  line.citizens.before = ({ address, text: said }) => {
    if (address === 'eka' && said.includes('bursa kerja'))
      throw new SendError('unreachable', 'no answer came')
  }
  const code = await drafted()
  await deed(head, code, 'approve')
  await deed(head, code, 'send')
  await run()
  line.citizens.before = () => undefined
  const mark = `#${(await chatOf('eka')).slice(0, 8)}`
  const page = await text(head.get(`${DESK}/${code}`))
  expect(page).toContain(mark)
  expect(page).not.toContain('<td class="code">eka</td>')
  expect(await text(operator.get(`${DESK}/${code}`))).not.toContain('/recipients"')
  expect(line.shown('general').at(-1)).toContain(`Percakapan yang tidak diketahui: ${mark}`)
  expect((await deed(operator, code, 'recipients', { why: 'menanyakan kembali' })).status).toBe(403)
  expect((await deed(head, code, 'recipients', { why: 'menanyakan kembali' })).status).toBe(403)
  await db.pool.query('update staff_sessions set proved_at = $1 where staff_id = $2', [NOON, head.id])
  expect((await deed(head, code, 'recipients', { why: 'x' })).status).toBe(422)
  expect(await text(deed(head, code, 'recipients', { why: 'menanyakan kembali' }))).toContain(
    '<td class="code">eka</td>',
  )
  const { rowCount } = await db.pool.query(`select 1 from audit_log where action = 'recipients_opened'`)
  expect(rowCount).toBe(1)
})

it('is corrected for those who had it, from the page', async () => {
  const code = await drafted()
  await deed(head, code, 'approve')
  await deed(head, code, 'send')
  await run()
  expect(
    (await deed(writer, code, 'correct', { id: 'Jadwal bursa kerja batal seluruhnya, mohon maaf.' })).status,
  ).toBe(303)
  await deed(head, code, 'approve')
  await deed(head, code, 'send')
  await run()
  expect(news('bayu').at(-1)).toContain('*Ralat.*')
  expect(await text(head.get(DESK))).toContain('versi 2')
})
