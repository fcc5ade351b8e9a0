import { describe, expect, it } from 'vitest'
import { decideRestored, holdRestored } from '../../src/backup/restored.ts'
import { SendError } from '../../src/channels/channel.ts'
import { transaction } from '../../src/records/db.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'
import { announcementIn, outreachOn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { subscribers, work, run, chatOf, announcer, turnTo, load } = outreachOn(line, db)
const news = (who: string) => line.heard(who).filter(text => text.includes('bursa kerja'))
const drafted = async () =>
  announcementIn(
    await work('Rina', 'umumkan: Jadwal bursa kerja berubah menjadi 5 Desember 2026 di balai kota.'),
  )

describe('an announcement', () => {
  it('goes to those who asked, once, after a second person has approved it', async () => {
    await subscribers(['ani', 'bayu'])
    await line.say('cici', 'menu')
    const code = await drafted()
    expect(await work('Rina', `kirim ${code}`)).toContain('belum disetujui')
    expect(await work('Rina', `setujui ${code}`)).toContain('Anda susun sendiri')
    await run()
    expect(news('ani')).toEqual([])
    expect(await work('Budi', `setujui ${code}`)).toContain('disetujui Budi')
    expect(await work('Sari', `setujui ${code}`)).toContain('sudah disetujui oleh Budi')
    expect(await work('Budi', `kirim ${code}`)).toContain('mulai dikirim')
    await run()
    await run()
    expect([news('ani').length, news('bayu').length, news('cici').length]).toEqual([1, 1, 0])
    expect(news('ani')[0]).toContain('Ketik *stop*')
    expect(line.shown('general').at(-1)).toContain('Terkirim: 2 · gagal: 0 · tidak diketahui: 0 · tersisa: 0')
  })

  it('is shown as each channel will, before anything leaves', async () => {
    const shown = await work('Rina', `pratinjau ${await drafted()}`)
    expect(shown).toContain('Telegram')
    expect(shown).toContain('Jadwal bursa kerja')
    expect(shown).toContain('Penerima sekarang: 2 (Telegram 2)')
  })

  it('says what is wrong with a draft, and keeps talk among staff talk', async () => {
    expect(await work('Rina', '/umumkan')).toContain('Tulis: umumkan untuk lowongan')
    expect(await work('Rina', 'umumkan untuk layang-layang: Besok ada lomba layang-layang.')).toContain(
      'belum mengerti untuk siapa',
    )
    expect(await work('Rina', 'umumkan: Daftar sekarang di bit.ly/abc123, jangan terlambat ya.')).toContain(
      'tautan pendek',
    )
    expect(await work('Rina', 'umumkan ya nanti')).toBe('')
    expect(await work('Rina', 'kirim saja besok pagi')).toBe('')
  })

  it('ends the wishes of those who cannot be reached any more', async () => {
    await subscribers(['dedi'])
    line.citizens.before = ({ address }) => {
      if (address === 'dedi') throw new SendError('blocked', 'blocked')
    }
    const code = await drafted()
    await work('Budi', `setujui ${code}`)
    await work('Budi', `kirim ${code}`)
    await run()
    expect(await work('Budi', `kemajuan ${code}`)).toContain('Gagal: memblokir atau akunnya hilang 1')
    const { rowCount } = await db.pool.query('select 1 from subscriptions where conversation_id = $1', [
      await chatOf('dedi'),
    ])
    expect(rowCount).toBe(0)
    line.citizens.before = () => undefined
  })

  it('is not repeated where nobody knows whether it arrived, and is where it surely did not', async () => {
    await subscribers(['eka', 'fajar'])
    let floods = 1
    line.citizens.before = ({ address, text }) => {
      if (!text.includes('bursa kerja')) return
      if (address === 'eka') throw new SendError('unreachable', 'no answer came')
      if (address === 'fajar' && floods-- > 0) throw new SendError('throttled', 'wait', { retryAfterMs: 1 })
    }
    const code = await drafted()
    await work('Budi', `setujui ${code}`)
    await work('Budi', `kirim ${code}`)
    await announcer.look()
    await expect.poll(() => news('fajar').length, { timeout: 8000 }).toBe(1)
    await run()
    expect(await work('Budi', `kemajuan ${code}`)).toContain('tidak diketahui: 1 · tersisa: 0')
    line.citizens.before = () => undefined
    await run()
    expect(news('eka')).toEqual([])
  })

  it('waits for its time, and for the morning', async () => {
    const code = await drafted()
    await work('Budi', `setujui ${code}`)
    expect(await work('Budi', `kirim ${code} besok 06.00`)).toContain('jam tenang')
    const before = news('ani').length
    await run(3)
    turnTo(new Date('2026-11-23T23:30:00Z'))
    await run(3)
    expect(news('ani')).toHaveLength(before)
    turnTo(new Date('2026-11-24T00:00:00Z'))
    await run()
    expect(news('ani')).toHaveLength(before + 1)
    turnTo(new Date('2026-11-23T05:00:00Z'))
  })

  it('rests while there is too much to do, and answers go on; less to do, and it is told', async () => {
    const code = await drafted()
    await work('Budi', `setujui ${code}`)
    const before = news('ani').length
    load(2)
    expect(await work('Budi', `kirim ${code}`)).toContain('mulai dikirim')
    expect(await announcer.look()).toBe(false)
    await line.quiet()
    expect(news('ani')).toHaveLength(before)
    const heard = line.heard('ani').length
    await line.say('ani', 'menu')
    await line.quiet()
    expect(line.heard('ani').length).toBeGreaterThan(heard)
    load(1)
    await run()
    expect(news('ani')).toHaveLength(before + 1)
    load(0)
  })
})

describe('stopping and correcting', () => {
  it('tells nobody more once it is stopped, and corrects exactly those who had it', async () => {
    // While they hold the line, nothing is sent: what is stopped then was told to nobody.
    const code = await drafted()
    await work('Budi', `setujui ${code}`)
    await work('Budi', `kirim ${code}`)
    let sent = 0
    line.citizens.before = async ({ text }) => {
      if (!text.includes('bursa kerja')) return
      sent += 1
      if (sent === 1) await new Promise(done => setTimeout(done, 300))
      else throw new SendError('throttled', 'wait', { retryAfterMs: 60_000 })
    }
    const asked = ['ani', 'bayu', 'eka', 'fajar']
    const before = new Map(asked.map(who => [who, news(who).length]))
    await announcer.look()
    await expect.poll(() => sent).toBeGreaterThan(1)
    expect(await work('Sari', `hentikan ${code}`)).toContain('dihentikan Sari')
    line.citizens.before = () => undefined
    await db.pool.query(`update outbox set due_at = now() where status = 'waiting'`)
    await expect
      .poll(async () => {
        line.delivery.wake()
        return (
          await db.pool.query(`select 1 from outbox where urgency = 2 and status in ('waiting', 'sending')`)
        ).rowCount
      })
      .toBe(0)
    await run()
    const told = asked.filter(who => news(who).length > (before.get(who) ?? 0))
    expect(told).toHaveLength(1)

    expect(await work('Rina', `koreksi ${code} Jadwal bursa kerja batal seluruhnya, mohon maaf.`)).toContain(
      'Sebagai ralat: 1',
    )
    await work('Budi', `setujui ${code}`)
    await work('Budi', `kirim ${code}`)
    await run()
    const corrected = asked.filter(who => news(who).some(text => text.includes('batal seluruhnya')))
    expect(corrected).toEqual(told)
    expect(news(told[0] ?? '').at(-1)).toContain('*Ralat.*')
  })
})

describe('after a restore', () => {
  it('an announcement under way is over: who has had it since the backup, nobody knows', async () => {
    const code = await drafted()
    await work('Budi', `setujui ${code}`)
    await work('Budi', `kirim ${code}`)
    const before = news('ani').length
    const at = new Date().toISOString()
    await transaction(db, client => holdRestored(client, { madeAt: at, restoredAt: at }))
    await decideRestored(db, 'release')
    await run()
    expect(news('ani')).toHaveLength(before)
    expect(await work('Budi', `kemajuan ${code}`)).toContain('dihentikan')
  })
})
