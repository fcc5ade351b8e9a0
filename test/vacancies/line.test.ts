import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readEducation } from '../../src/education-file.ts'
import { NO_KNOWLEDGE } from '../../src/knowledge/books.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { openVacancies } from '../../src/vacancies/books.ts'
import { testDatabase } from '../helpers/database.ts'
import { fakePlatform, testLine } from '../helpers/line.ts'
import { anAgendaItem, aRound, aStage, aVacancy, putAll } from '../helpers/listings.ts'
import { reading } from '../helpers/vacancies.ts'

const { db } = await testDatabase()
const vacancies = openVacancies({ db, reading, examples: true })
const line = await testLine(db, makeKeyring(), fakePlatform('telegram'), NO_KNOWLEDGE, vacancies)
const live = openVacancies({ db, reading, examples: false })
afterAll(() => expect(line.counters.text()).not.toContain('quarantined_total 1'))

const WARNING = 'Seleksi ASN tidak dipungut biaya. Pendaftaran hanya melalui sscasn.bkn.go.id.'

let count = 0
/** What a new citizen is told after saying these things one after another, last of all. */
async function told(...said: string[]): Promise<string> {
  count += 1
  const who = `seeker-${count}`
  for (const words of said) await line.say(who, words)
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}

describe('vacancies on the line', () => {
  it('are found with the reason for each no, and shown whole with source and day', async () => {
    await putAll(db, 'vacancy', [
      aVacancy({ id: 'hukum', closes_at: '2026-12-10T15:59:00.000Z', zone: 'Asia/Makassar' }),
      aVacancy({
        id: 'perawat',
        position: 'Perawat (contoh)',
        education: ['D-III Keperawatan'],
        kind: 'pppk',
      }),
    ])
    const fits = await told('lowongan s1 hukum')
    expect(fits).toContain('1 lowongan cocok dengan syarat tertulis untuk S-1, Hukum')
    // Its own clock first, then that of the citizen's office.
    expect(fits).toContain('10 Desember 2026 pukul 23.59 WITA (10 Desember 2026 pukul 22.59 WIB)')
    expect(fits).toContain(WARNING)
    await putAll(db, 'vacancy', [
      aVacancy({ id: 'khusus', education: ['S-1 Geologi'], formation: 'disability' }),
    ])
    expect(await told('lowongan s1 geologi')).toContain('CPNS, formasi penyandang disabilitas')
    const misfit = await told('lowongan d3 kep umur 40 cpns')
    expect(misfit).toContain('Belum ada lowongan yang cocok')
    expect(misfit).toContain('usia yang diminta 18–35 tahun, yang disebut 40 tahun')
    expect(misfit).toContain('jenisnya PPPK, yang dicari CPNS')
    const whole = await told('lowongan s1 hukum', '1')
    expect(whole).toContain('Sumber: Pengumuman contoh, per 20 November 2026.')
    expect(whole).not.toMatch(/peluang|pasti lulus|kemungkinan lulus/i)
  })

  it.each([
    ['not approved', { approved_by: null }],
    ['withdrawn', { withdrawn: 'formasi dibatalkan' }],
    ['closed', { opens_at: '2026-10-01T00:00:00.000Z', closes_at: '2026-11-23T01:59:00.000Z' }],
  ])('that are %s are never shown, from the next message on', async (_, change) => {
    const id = `guru-${count}`
    const vacancy = aVacancy({ id, position: 'Guru Seni (contoh)', education: ['S-1 Pendidikan Seni'] })
    await putAll(db, 'vacancy', [vacancy])
    expect(await told('lowongan s1 pendidikan seni')).toContain('Guru Seni')
    count += 1
    const who = `seeker-${count}`
    await line.say(who, 'lowongan s1 pendidikan seni')
    await putAll(db, 'vacancy', [{ ...vacancy, ...change }])
    await line.say(who, '1')
    await line.quiet()
    expect(line.heard(who).slice(-2).join('\n')).toContain('sudah tidak dibuka lagi')
    expect(await told('lowongan s1 pendidikan seni')).not.toContain('Guru Seni')
    const book = await vacancies.of('lhokseumawe')
    const { ranked } = book.search(book.read('guru seni'), Date.parse('2026-11-23T02:00:00Z'), 50)
    expect(ranked.map(one => one.id)).not.toContain(id)
  })

  it('that are examples are not shown in live mode', async () => {
    await putAll(
      db,
      'vacancy',
      [
        aVacancy({ id: 'example', position: 'Analis (contoh)' }),
        aVacancy({ id: 'real', position: 'Analis' }),
      ],
      'medan',
    )
    const book = await live.of('medan')
    expect(book.search(book.read('analis'), Date.parse('2026-11-23T02:00:00Z'), 9).ranked).toMatchObject([
      { id: 'real' },
    ])
  })

  it('are found by a word for a field from the moment it is in the file', async () => {
    const own = openVacancies({ db, reading, examples: true })
    const fields = async () => {
      const book = await own.of('medan')
      return book.read('s1 sipuah').fields
    }
    expect(await fields()).toEqual([])
    const folder = mkdtempSync(join(tmpdir(), 'education-'))
    const file = join(folder, 'education.yaml')
    writeFileSync(
      file,
      readFileSync('flows/knowledge/education.yaml', 'utf8').replace(
        /^fields:$/m,
        'fields:\n  sipuah: { name: Sipuah, say: sipuah }',
      ),
    )
    own.reread({ ...reading, education: readEducation(file) })
    rmSync(folder, { recursive: true })
    expect(await fields()).toEqual(['sipuah'])
  })

  it('take no document: it is destroyed at once, and the citizen reads why', async () => {
    const id = randomUUID()
    await db.pool.query(
      `insert into files (id, office, mime, size, wrapped_key, stored_at) values ($1, 'lhokseumawe', 'application/pdf', 1, '\\x00', now())`,
      [id],
    )
    await line.say('sender', 'lowongan')
    await line.say('sender', '', {
      kind: 'document',
      file: { id, name: 'ijazah.pdf', mime: 'application/pdf' },
    })
    await line.quiet()
    const answer = line.heard('sender').at(-1)
    expect(answer).toContain('Berkas itu tidak kami terima dan sudah kami hapus.')
    expect(answer).toContain('sscasn.bkn.go.id')
    expect((await db.pool.query('select 1 from files where id = $1', [id])).rowCount).toBe(0)
  })
})

describe('a selection on the line', () => {
  it('is told by its stages: now, what to do, what comes next, and as of when', async () => {
    await putAll(db, 'round', [aRound({ id: 'cpns-contoh', link: 'https://sscasn.bkn.go.id' })])
    await putAll(db, 'stage', [
      aStage({
        id: 'c-1',
        place: 1,
        kind: 'announcement',
        name: 'Pengumuman',
        starts_at: '2026-11-01T00:00:00.000Z',
        ends_at: '2026-11-09T00:00:00.000Z',
      }),
      aStage({ id: 'c-2', place: 2 }),
      aStage({
        id: 'c-3',
        place: 3,
        kind: 'objection',
        name: 'Masa sanggah',
        starts_at: '2026-12-20T17:00:00.000Z',
        ends_at: '2026-12-23T16:59:00.000Z',
      }),
      aStage({
        id: 'c-4',
        place: 4,
        kind: 'skd',
        name: 'SKD',
        starts_at: '2027-01-20T17:00:00.000Z',
        ends_at: '2027-01-23T16:59:00.000Z',
        approved_by: null,
      }),
    ])
    const now = await told('sekarang tahap apa')
    expect(now).toContain('Sekarang: *Pendaftaran*, sampai 10 Desember 2026 pukul 23.59 WIB (17 hari lagi).')
    expect(now).toContain('Daftar sendiri lewat sscasn.bkn.go.id')
    expect(now).toContain('Berikutnya: *Masa sanggah*, mulai 21 Desember 2026 pukul 00.00 WIB.')
    expect(now).toContain('Sumber: Pengumuman contoh, per 20 November 2026.')
    expect(now).not.toContain('SKD')
    expect(now).toContain(WARNING)
  })
})

describe('the agenda on the line', () => {
  it('shows what is near, says what was cancelled, and warns where work is offered', async () => {
    await putAll(db, 'agenda', [
      anAgendaItem({
        id: 'jauh',
        title: 'Layanan A',
        kind: 'mobile_service',
        district: 'Muara Dua',
        latitude: 5.3,
        longitude: 97.1,
      }),
      anAgendaItem({
        id: 'dekat',
        title: 'Layanan B',
        kind: 'mobile_service',
        district: 'Banda Sakti',
        latitude: 5.19,
        longitude: 97.14,
      }),
      anAgendaItem({ id: 'batal', title: 'Bursa C', kind: 'job_fair', withdrawn: 'banjir' }),
      anAgendaItem({ id: 'draf', title: 'Bursa D', kind: 'job_fair', approved_by: null }),
    ])
    const all = await told('agenda', 'lewati')
    expect(all).toContain('DIBATALKAN (banjir): *Bursa C*')
    expect(all).toContain(WARNING)
    expect(all).not.toContain('Bursa D')
    const named = await told('agenda', 'kecamatan banda sakti')
    expect(named).toContain('Layanan B')
    expect(named).not.toContain('Layanan A')
    expect(named).not.toContain(WARNING)
    await line.say('walker', 'agenda')
    await line.say('walker', '', { kind: 'location', location: { latitude: 5.18, longitude: 97.14 } })
    await line.quiet()
    const near = line.heard('walker').at(-1) ?? ''
    expect(near.indexOf('Layanan B')).toBeLessThan(near.indexOf('Layanan A'))
    expect(near).toContain('± 1,1 km garis lurus')
  })
})
