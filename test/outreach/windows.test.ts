import { describe, expect, it } from 'vitest'
import type { MessageTemplate } from '../../src/offices/message-templates.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, testLine } from '../helpers/line.ts'
import { announcementIn, outreachOn } from '../helpers/outreach.ts'
import { windowed } from '../helpers/windowed.ts'

const { db } = await testDatabase()
const platform = windowed()
const line = await testLine(db, undefined, platform)
const { subscribers, work, run } = outreachOn(line, db)
const office = houses.houses.get('lhokseumawe')?.office
if (office === undefined) throw new Error('No such office.')
const own = office
const INVITES: MessageTemplate = {
  purpose: 'announcement',
  name: 'ada_pengumuman',
  language: 'id',
  variables: 1,
  filled_by: ['office'],
}

async function announce(): Promise<string> {
  const code = announcementIn(
    await work('Rina', 'umumkan: Layanan keliling pindah ke hari Rabu pekan depan.'),
  )
  await work('Budi', `setujui ${code}`)
  await work('Budi', `kirim ${code}`)
  await run()
  return code
}
const news = (who: string) => line.heard(who).filter(text => text.includes('Layanan keliling pindah'))

describe('a day after they last wrote', () => {
  it('nobody is told where the office declared no template, and staff read why', async () => {
    await subscribers(['baru', 'lama'])
    platform.closed.add('lama')
    const code = await announce()
    expect([news('baru').length, news('lama').length]).toEqual([1, 0])
    expect(await work('Budi', `kemajuan ${code}`)).toContain(
      'Gagal: di luar 24 jam WhatsApp dan tidak ada templat 1',
    )
    expect(await work('Budi', `pratinjau ${code}`)).toContain(
      'belum ada templat dengan tujuan *announcement*',
    )
  })

  it('the office’s template asks them to write, once, and the announcement comes when they do', async () => {
    Object.assign(own, { whatsapp_templates: [INVITES] })
    await db.pool.query(`update inbox set received_at = received_at - interval '25 hours'`)
    const code = await announce()
    const invited = platform.sent.filter(
      ({ address, template }) => address === 'lama' && template !== undefined,
    )
    expect(invited.map(({ template }) => template?.name)).toEqual(['ada_pengumuman'])
    expect(await work('Budi', `kemajuan ${code}`)).toContain('Menunggu warga menulis (WhatsApp): 1')
    platform.closed.delete('lama')
    await line.say('lama', 'menu')
    await expect.poll(() => news('lama').length, { timeout: 5000 }).toBe(1)
    await run()
    expect(await work('Budi', `kemajuan ${code}`)).toContain('Terkirim: 2')
    Object.assign(own, { whatsapp_templates: [] })
  })
})
