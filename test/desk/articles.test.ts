import { describe, expect, it } from 'vitest'
import { settleGroup } from '../../src/desk/groups.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { knowingLine } from '../helpers/knowledge.ts'
import { codeIn, fileComplaint, message, ORDINARY } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await knowingLine(db, {
  'titip-motor': { question: 'Di mana motor dititipkan?', answer: 'Di halaman contoh.' },
})

async function asks(who: string, ...said: string[]): Promise<string> {
  for (const text of said) await line.say(who, text)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}
async function desk(text: string): Promise<string> {
  await line.work('general', 'Rina', text)
  await line.quiet()
  return line.shown('general').at(-1) ?? ''
}
const ask = async (who: string, text: string) => codeIn(await asks(who, text, 'ya'))
const BEASISWA = 'apakah ada beasiswa untuk pegawai honorer?'

describe('the answer of a person', () => {
  it('goes to all who wait for the same, each in their own chat, once, when staff say so', async () => {
    const first = await ask('ani', BEASISWA)
    const second = await ask('bayu', 'untuk pegawai honorer ada beasiswa ga min?')
    const other = await ask('cici', 'apakah parkir kantor dijaga malam hari?')
    const said = await desk(`balas ${first} Belum ada beasiswa untuk honorer tahun ini.`)
    expect(said).toContain('1 warga lain menunggu')
    const buttons = line.groups.sent.at(-1)?.options?.map(({ label }) => label)
    expect(buttons).toEqual(expect.arrayContaining(['Kirim ke 1 penanya lain', 'Jadikan artikel']))
    expect(line.heard('bayu').join()).not.toContain('Belum ada beasiswa')
    expect(await desk(`kirim semua ${first}`)).toBe(`Jawaban ${first} dikirim juga untuk ${second}.`)
    expect(line.heard('bayu').join()).toContain('Belum ada beasiswa untuk honorer tahun ini.')
    expect(line.heard('cici').join()).not.toContain('beasiswa')
    expect(await desk(`kirim semua ${first}`)).toContain('tidak ada warga lain')
    expect(line.heard('bayu').filter(text => text.includes('Belum ada beasiswa'))).toHaveLength(1)
    const { rows } = await db.pool.query('select code, status from tickets order by opened_at, code')
    expect(Object.fromEntries(rows.map(({ code, status }) => [code, status]))).toEqual({
      [first]: 'answered',
      [second]: 'answered',
      [other]: 'received',
    })
  })

  it('becomes an article with one line, and the next who asks has it at once', async () => {
    const code = await ask('dodi', 'apakah tenaga kontrak dapat pinjaman laptop?')
    await desk(`balas ${code} Laptop dipinjamkan oleh bagian umum.`)
    expect(await desk(`artikel ${code} Apakah tenaga kontrak dapat pinjaman laptop?`)).toContain(
      'Artikel *apakah-tenaga-kontrak-dapat-pinjaman-laptop* dibuat Rina',
    )
    expect(await asks('ela', 'tenaga kontrak dpt pinjaman laptop?')).toBe(
      'Laptop dipinjamkan oleh bagian umum.\n\nSumber: Jawaban petugas BKPSDM Lhokseumawe, per 23 November 2026.',
    )
    const { rows } = await db.pool.query(
      `select office, content, changed_by from article_changes order by number desc limit 1`,
    )
    expect(rows).toMatchObject([
      {
        office: 'lhokseumawe',
        changed_by: 'Rina',
        content: { class: 'local', as_of: '2026-11-23', valid_until: '2027-11-23', checked_by: 'Rina' },
      },
    ])
  })

  it('with somebody in it is neither sent on nor made an article', async () => {
    const code = await ask('fifi', 'apakah kursi roda tersedia di ruang tes?')
    await ask('gita', 'kursi roda tersedia ga di ruang tes?')
    await desk(`balas ${code} Hubungi petugas kami di 081200000000.`)
    expect(await desk(`kirim semua ${code}`)).toContain('memuat nomor')
    expect(line.heard('gita').join()).not.toContain('Hubungi')
    expect(await desk(`artikel ${code} Apakah kursi roda tersedia di ruang tes?`)).toContain('memuat nomor')
    expect(
      await desk(`artikel ${code} Apakah kursi roda tersedia di ruang tes?\nTersedia di pintu barat.`),
    ).toContain('dibuat Rina')
    expect(await asks('hana', 'apakah kursi roda tersedia di ruang tes?')).toContain(
      'Tersedia di pintu barat.',
    )
  })

  it('of a restricted matter is never an article', async () => {
    await fileComplaint(line, 'indah', ORDINARY.with(1, 'petugas'))
    const code = codeIn(line.heard('indah').at(-1) ?? '')
    await line.work('pengawasan', 'Rina', `balas ${code} Sedang diperiksa.`)
    await line.work('pengawasan', 'Rina', `artikel ${code} Apakah petugas diperiksa?`)
    await line.quiet()
    expect(line.shown('pengawasan').at(-1)).toContain('bersifat terbatas')
  })
})

describe('a phrasing', () => {
  it('is added to an article by its id; a wrong id is answered with those that are like it', async () => {
    const code = await ask('joko', 'tunggangan besi ditaruh mana?')
    expect(await desk(`frasa ${code} titip-mtor tunggangan besi ditaruh mana`)).toContain('• titip-motor:')
    expect(await desk(`frasa ${code} titip-motor tunggangan besi ditaruh mana`)).toContain(
      'sekarang dijawab artikel',
    )
    expect(await asks('kiki', 'tunggangan besi ditaruh mana ya')).toContain('Di halaman contoh.')
  })
})

describe('an article that is withdrawn', () => {
  it('is told no more from that moment, and comes back when it is written again', async () => {
    const code = await ask('mira', 'apakah boleh pinjam payung kantor?')
    await desk(`balas ${code} Payung dipinjamkan di pos depan.`)
    await desk(`artikel ${code} Apakah boleh pinjam payung kantor?`)
    const id = 'apakah-boleh-pinjam-payung-kantor'
    expect(await asks('nuri', 'boleh pinjam payung kantor?')).toContain('di pos depan')
    expect(await desk(`cabut ${code} ${id}`)).toContain('tulis juga alasannya')
    expect(await desk(`cabut ${code} apakah-boleh-pinjam-payun sudah tidak ada`)).toContain(`• ${id}:`)
    expect(await desk(`cabut ${code} ${id} payungnya sudah habis`)).toContain('dicabut Rina')
    expect(await asks('oki', 'boleh pinjam payung kantor?')).not.toContain('di pos depan')
    await desk(`artikel ${code} Apakah boleh pinjam payung kantor sekarang?\nBoleh, di loket satu.`)
    expect(await asks('puji', 'boleh pinjam payung kantor sekarang?')).toContain('di loket satu')
  })
})

describe('the right to write', () => {
  it('is that of heads and admins', async () => {
    const { sealing } = line.room
    const office = 'lhokseumawe'
    const place = { office, channel: 'telegram' as const, address: '-100777', desk: 'general', forum: false }
    for (const [name, role, account] of [
      ['Sari', 'staff', '1'],
      ['Kepala', 'head', '2'],
    ] as const) {
      const id = await addStaff(db.pool, sealing, { office, name, role, desks: null })
      await bindAccount(
        db,
        sealing,
        { office, channel: 'telegram', account },
        await linkForStaff(db.pool, sealing, { id, office }),
      )
    }
    const code = await ask('lala', 'apakah boleh titip helm di pos jaga?')
    await desk(`balas ${code} Boleh, gratis.`)
    await settleGroup(db.pool, sealing, place)
    const write = async (account: string, text: string) => {
      const from = { is: 'desk' as const, desk: 'general', staff: 'siapa saja', account }
      await line.inbox.receive(message({ address: place.address, from, text }))
      await line.quiet()
      return line.citizens.sent.filter(({ address }) => address === place.address).at(-1)?.text
    }
    const wish = `artikel ${code} Apakah boleh titip helm di pos jaga?`
    expect(await write('1', wish)).toContain('hanya kepala atau admin')
    expect(await write('2', wish)).toContain('dibuat Kepala')
  })
})
