import { beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../../src/records/db.ts'
import { lockListings, putListings } from '../../src/records/listing-changes.ts'
import type { Contents, Identified, ListingKind } from '../../src/records/listings.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'
import { anAgendaItem, aRound, aStage, aVacancy } from '../helpers/listings.ts'
import { outreachOn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { subscribers, run, announcer } = outreachOn(line, db)

async function put<K extends ListingKind>(kind: K, listings: Identified<K>[]) {
  await transaction(db, async client => {
    await lockListings(client)
    await putListings(client, kind, 'lhokseumawe', listings, { name: 'import', at: new Date() })
  })
  await run()
  await run()
}
const news = (who: string) => line.heard(who).filter(text => text.includes('Ketik *stop*'))
const last = (who: string) => news(who).at(-1) ?? ''

beforeAll(async () => {
  await announcer.look()
  await subscribers(['hukum'], { topic: 'vacancy', education: 's1 hukum' })
  await subscribers(['semua'], { topic: 'vacancy' })
  await subscribers(['perawat'], { topic: 'vacancy', education: 'd3 keperawatan' })
  await subscribers(['skd'], { topic: 'stage', stage: 'skd', kind: 'cpns' })
  await subscribers(['keliling'], { topic: 'agenda', kind: 'mobile_service' })
})

describe('a vacancy', () => {
  it('is told to those it concerns, with the anti-fraud line', async () => {
    await put('vacancy', [aVacancy({})])
    expect(news('hukum')).toHaveLength(1)
    expect(last('semua')).toContain('Lowongan baru')
    expect(last('hukum')).toContain('Ditutup: 10 Desember 2026 pukul 23.59 WIB')
    expect(last('hukum')).toContain('Hati-hati calo')
    expect(news('perawat')).toEqual([])
  })

  it('whose closing moves is corrected once, with what has changed', async () => {
    await put('vacancy', [aVacancy({ closes_at: '2026-12-15T16:59:00.000Z' })])
    expect(news('hukum')).toHaveLength(2)
    expect(last('hukum')).toContain('*Ralat.*')
    expect(last('hukum')).toContain(
      'Ditutup: sebelumnya 10 Desember 2026 pukul 23.59 WIB, sekarang 15 Desember 2026 pukul 23.59 WIB',
    )
    await put('vacancy', [aVacancy({ closes_at: '2026-12-15T16:59:00.000Z' })])
    expect(news('hukum')).toHaveLength(2)
  })

  it('that says nothing new to citizens is not told again', async () => {
    await put('vacancy', [aVacancy({ closes_at: '2026-12-15T16:59:00.000Z', as_of: '2026-11-22' })])
    expect(news('hukum')).toHaveLength(2)
  })

  it('corrects also who has left it, and tells who has come since as news', async () => {
    await db.pool.query(
      `delete from subscriptions where conversation_id = (select conversation_id from subscriptions where education = 's1 hukum')`,
    )
    await subscribers(['baru'], { topic: 'vacancy', education: 's1 hukum' })
    await put('vacancy', [aVacancy({ closes_at: '2026-12-15T16:59:00.000Z', places: 5 })])
    expect(last('hukum')).toContain('Jumlah: sebelumnya 2, sekarang 5')
    expect(news('baru')).toHaveLength(1)
    expect(last('baru')).not.toContain('Ralat')
  })

  it('withdrawn is told to those who had it, and to nobody new', async () => {
    await subscribers(['nanti'], { topic: 'vacancy' })
    await put('vacancy', [
      aVacancy({ closes_at: '2026-12-15T16:59:00.000Z', places: 5, withdrawn: 'formasi dibatalkan' }),
    ])
    expect(last('hukum')).toContain('dibatalkan atau ditarik: formasi dibatalkan')
    expect(last('baru')).toContain('Ralat')
    expect(news('nanti')).toEqual([])
  })

  it('not approved is told to nobody', async () => {
    const before = news('semua').length
    await put('vacancy', [aVacancy({ id: 'lain', approved_by: null })])
    expect(news('semua')).toHaveLength(before)
  })

  it('of many at once is told of in one message', async () => {
    const before = { semua: news('semua').length, perawat: news('perawat').length }
    const many = Array.from({ length: 40 }, (_, n) =>
      aVacancy({ id: `massal-${n}`, position: `Jabatan ${n} (contoh)` }),
    )
    await put('vacancy', many)
    expect(news('semua')).toHaveLength(before.semua + 1)
    expect(last('semua')).toContain('40 lowongan CPNS baru, antara lain: Jabatan 0')
    expect(news('perawat')).toHaveLength(before.perawat)
  })

  it('of several kinds at once is told to each of the kind they asked for', async () => {
    await subscribers(['pppk'], { topic: 'vacancy', kind: 'pppk' })
    const both = (['cpns', 'pppk'] as const).flatMap(kind =>
      Array.from({ length: 5 }, (_, n) =>
        aVacancy({ id: `dua-${kind}-${n}`, kind, position: `Jabatan ${kind} ${n} (contoh)` }),
      ),
    )
    await put('vacancy', both)
    expect(news('pppk')).toHaveLength(1)
    expect(last('pppk')).toContain('5 lowongan PPPK baru, antara lain: Jabatan pppk 0')
    expect(last('pppk')).not.toContain('cpns')
  })
})

describe('what was shown and is approved anew by another', () => {
  it('is told as changed, not as new, and not at all when nothing else is other', async () => {
    const many = (more: Partial<Identified<'vacancy'>>) =>
      Array.from({ length: 5 }, (_, n) =>
        aVacancy({ id: `lama-${n}`, position: `Lama ${n} (contoh)`, education: ['S-1 Hukum'], ...more }),
      )
    await put('vacancy', many({}))
    const before = news('semua').length
    await put('vacancy', many({ approved_by: 'Orang Lain' }))
    expect(news('semua')).toHaveLength(before)
    await put('vacancy', many({ approved_by: 'Orang Ketiga', places: 6 }))
    expect(last('semua')).toContain('5 lowongan CPNS berubah')
  })
})

describe('stages and events', () => {
  it('are told to who asked for their stage or kind', async () => {
    await put('round', [aRound({})])
    await put('stage', [aStage({ id: 'skd', kind: 'skd', name: 'SKD' }), aStage({})])
    expect(news('skd')).toHaveLength(1)
    expect(last('skd')).toContain('Tahap: SKD')
    await put('agenda', [
      anAgendaItem({}),
      anAgendaItem({ id: 'k', kind: 'mobile_service', title: 'Layanan Keliling (contoh)' }),
    ])
    expect(news('keliling')).toHaveLength(1)
    await put('agenda', [
      anAgendaItem({
        id: 'k',
        kind: 'mobile_service',
        title: 'Layanan Keliling (contoh)',
        withdrawn: 'banjir',
      }),
    ])
    expect(last('keliling')).toContain('ditarik: banjir')
  })
})

describe('while it is being announced', () => {
  it('a withdrawn vacancy stops, and is corrected where it was told', async () => {
    const asked = Array.from({ length: 12 }, (_, n) => `w${n}`)
    await subscribers(asked, { topic: 'vacancy', kind: 'pppk', education: 'smk tkj' })
    const listing: Partial<Contents['vacancy']> & { id: string } = {
      id: 'teknisi',
      position: 'Teknisi (contoh)',
      kind: 'pppk',
      education: ['SMK TKJ'],
    }
    let sent = 0
    line.citizens.before = ({ address, text }) => {
      if (!text.includes('Teknisi') || !address.startsWith('w')) return
      sent += 1
      if (sent > 4) return new Promise(done => setTimeout(done, 400))
    }
    await transaction(db, async client => {
      await lockListings(client)
      await putListings(client, 'vacancy', 'lhokseumawe', [aVacancy(listing)], {
        name: 'import',
        at: new Date(),
      })
    })
    await announcer.look()
    await expect.poll(() => sent).toBeGreaterThan(4)
    await transaction(db, async client => {
      await lockListings(client)
      const withdrawn = aVacancy({ ...listing, withdrawn: 'salah unggah' })
      await putListings(client, 'vacancy', 'lhokseumawe', [withdrawn], { name: 'import', at: new Date() })
    })
    line.citizens.before = () => undefined
    await run()
    await run()
    for (const who of asked) {
      const told = news(who)
      expect(told.filter(text => text.includes('Lowongan baru')).length).toBeLessThanOrEqual(1)
      const hadIt = told.some(text => text.includes('Lowongan baru'))
      expect(told.filter(text => text.includes('salah unggah'))).toHaveLength(hadIt ? 1 : 0)
    }
  })
})

describe('who registered for an event', () => {
  const item = (more: Partial<Identified<'agenda'>> = {}) =>
    anAgendaItem({
      id: 'kursus',
      title: 'Kursus Jahit (contoh)',
      places: 1,
      starts_at: '2026-12-05T02:00:00.000Z',
      ends_at: '2026-12-05T05:00:00.000Z',
      ...more,
    })
  const come = async (who: string) => {
    for (const words of ['daftar minat', 'Kursus Jahit (contoh)', 'Budi Contoh', '1'])
      await line.say(who, words)
    await line.quiet()
  }

  it('is told that it moves, without having asked for news', async () => {
    await put('agenda', [item()])
    for (const who of ['datang', 'menunggu', 'terakhir']) await come(who)
    expect(line.heard('datang').at(-1)).toContain('nomor *1*')
    expect(line.heard('menunggu').at(-1)).toContain('daftar tunggu')
    await put('agenda', [item({ starts_at: '2026-12-05T03:00:00.000Z' })])
    expect(last('datang')).toContain('Mulai: sebelumnya 5 Desember 2026 pukul 09.00 WIB, sekarang 5 Desember')
    expect([news('datang'), news('menunggu')].map(({ length }) => length)).toEqual([1, 1])
  })

  it('gets a place as soon as there are more, the longest waiting first', async () => {
    await put('agenda', [item({ starts_at: '2026-12-05T03:00:00.000Z', places: 2 })])
    const told = (who: string) => line.heard(who).filter(text => text.includes('Ada tempat untuk Bapak/Ibu'))
    expect([told('menunggu'), told('terakhir')].map(({ length }) => length)).toEqual([1, 0])
    await run()
    expect(told('menunggu')).toHaveLength(1)
  })

  it('is told that it is cancelled', async () => {
    await put('agenda', [item({ starts_at: '2026-12-05T03:00:00.000Z', places: 2, withdrawn: 'banjir' })])
    for (const who of ['datang', 'menunggu', 'terakhir']) expect(last(who)).toContain('ditarik: banjir')
  })
})
