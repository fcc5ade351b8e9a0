import { expect, it } from 'vitest'
import { VACANCY_COLUMNS, vacancyCells } from '../../src/exchange/vacancy-row.ts'
import { writeTable } from '../../src/exchange/write-table.ts'
import { openKnowledge } from '../../src/knowledge/books.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import type { Identified } from '../../src/records/listings.ts'
import { listingsOf } from '../../src/records/listings-of.ts'
import { lexiconOf } from '../../src/serve-articles.ts'
import { openVacancies } from '../../src/vacancies/books.ts'
import { testDatabase } from '../helpers/database.ts'
import { ORIGIN, openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { fakePlatform, houses, NOON, testLine } from '../helpers/line.ts'
import { aRound, aVacancy, putAll } from '../helpers/listings.ts'
import { reading } from '../helpers/vacancies.ts'

const { db } = await testDatabase()
const vacancies = openVacancies({ db, reading, examples: true })
const knowledge = openKnowledge({ db, lexicon: lexiconOf('flows'), examples: true })
const line = await testLine(db, makeKeyring(), fakePlatform('telegram'), knowledge, vacancies)
const house = openDeskHouse({ db, line, houses })
house.now.at = NOON
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head' })

const DESK = '/desk/lhokseumawe/import'
const CSV = (rows: string[][]) => writeTable({ columns: [...VACANCY_COLUMNS], rows }, 'csv')
const all = () => listingsOf(db.pool, 'lhokseumawe', 'vacancy')

async function look(who: Visitor, bytes: Uint8Array, kind = 'vacancies') {
  const body = new FormData()
  body.append('kind', kind)
  body.append('file', new File([new Uint8Array(bytes)], 'tabel.csv'))
  const answer = await house.app.request(`${ORIGIN}${DESK}`, {
    method: 'POST',
    headers: { cookie: who.cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
    body,
  })
  const page = await answer.text()
  return { status: answer.status, page, upload: /name="upload" value="([^"]+)"/.exec(page)?.[1] ?? '' }
}
const confirm = (who: Visitor, upload: string) => who.post(`${DESK}/confirm`, { upload })
const shown = aVacancy({ id: 'tampil' })
const rows = (...listings: Identified<'vacancy'>[]) => listings.map(vacancyCells)

it('says what would change before anything does, takes it in whole, and a second time changes nothing', async () => {
  await putAll(db, 'vacancy', [shown])
  const table = await CSV(rows(shown, aVacancy({ id: 'baru' }), aVacancy({ id: 'lagi', approved_by: null })))
  const first = await look(rina, table)
  expect(first.page).toMatch(/<b>2<\/b>baru[\s\S]*<b>0<\/b>berubah[\s\S]*<b>1<\/b>tetap/)
  expect(await all()).toHaveLength(1)
  const saved = await (await confirm(rina, first.upload)).text()
  expect(saved).toContain('Tersimpan: 2 baru, 0 berubah, 1 tetap')
  expect((await all()).map(({ id, approved_by }) => [id, approved_by])).toEqual([
    ['baru', null],
    ['lagi', null],
    ['tampil', 'Petugas Contoh'],
  ])
  expect((await look(rina, table)).page).toContain('3 baris sudah seperti itu')
  expect((await confirm(rina, first.upload)).status).toBe(422)
})

it('does not take the name in a table for somebody who has agreed', async () => {
  const changed = { ...shown, places: 9, approved_by: 'Kepala' }
  const table = await CSV(rows(changed))
  const first = await look(rina, table)
  expect(first.page).toContain('yang tampil tetap')
  await confirm(rina, first.upload)
  expect((await all()).find(({ id }) => id === 'tampil')).toMatchObject({
    places: 2,
    approved_by: 'Petugas Contoh',
  })
  expect((await look(rina, table)).page).toContain('1 baris sudah seperti itu')
  expect(await (await rina.get('/desk/lhokseumawe/vacancies?scope=waiting')).text()).toContain('tampil')
})

it('names every fault by row and column, in Indonesian, and keeps nothing', async () => {
  const [bad = []] = rows(aVacancy({ id: 'rusak' }))
  const [more = []] = rows(aVacancy({ id: 'rusak' }))
  bad[VACANCY_COLUMNS.indexOf('jumlah')] = 'dua'
  more[VACANCY_COLUMNS.indexOf('jenis')] = 'honorer'
  const before = (await all()).length
  const { status, page } = await look(rina, await CSV([...rows(aVacancy({ id: 'baik' })), bad, more]))
  expect(status).toBe(422)
  expect(page).toMatch(
    /<td class="number">3<\/td><td class="code">jumlah<\/td><td><bdi>&quot;dua&quot; harus bilangan bulat/,
  )
  expect(page).toMatch(
    /<td class="number">4<\/td><td class="code">jenis<\/td><td><bdi>&quot;honorer&quot; tidak dikenal/,
  )
  expect(page).toContain('sudah ada di baris 3')
  expect(await all()).toHaveLength(before)
})

it('reads a spreadsheet too, and refuses what is no table', async () => {
  const sheet = await writeTable(
    { columns: [...VACANCY_COLUMNS], rows: rows(aVacancy({ id: 'lembar' })) },
    'xlsx',
  )
  expect((await look(rina, sheet)).page).toMatch(/<b>1<\/b>baru/)
  expect((await look(rina, Buffer.from([0xff, 0xfe, 1, 2]))).page).toContain('Hurufnya bukan UTF-8')
  expect((await look(rina, Buffer.from('PK\u0003\u0004rusak'))).page).toContain(
    'Tidak dapat dibaca sebagai tabel',
  )
  expect((await look(rina, Buffer.alloc(9 * 1024 * 1024, 'a'))).page).toContain('lebih dari 8 MB')
  expect((await rina.post(DESK, { kind: 'vacancies' })).status).toBe(422)
})

it('leaves a selection that is there its name, and takes new ones in', async () => {
  await putAll(db, 'round', [aRound({})])
  const columns = [
    'seleksi',
    'nama_seleksi',
    'jenis',
    'tahun',
    'urutan',
    'tahap',
    'mulai',
    'selesai',
    'yang_dilakukan',
    'sumber',
    'per_tanggal',
  ]
  const stage = (seleksi: string, nama: string) => [
    seleksi,
    nama,
    'cpns',
    '2026',
    '1',
    'pengumuman',
    '2026-12-01',
    '2026-12-02',
    'Baca pengumuman.',
    'Contoh',
    '2026-11-20',
  ]
  const table = (...all: string[][]) => writeTable({ columns, rows: all }, 'csv')
  const renamed = await look(rina, await table(stage('cpns-contoh', 'Nama lain')), 'rounds')
  expect(renamed.page).toContain(
    'Seleksi &quot;cpns-contoh&quot; sudah tersimpan sebagai &quot;Seleksi CPNS (contoh)&quot;',
  )
  const { upload } = await look(
    rina,
    await table(stage('cpns-contoh', 'Seleksi CPNS (contoh)'), stage('baru', 'Seleksi baru')),
    'rounds',
  )
  await confirm(rina, upload)
  expect(
    (await listingsOf(db.pool, 'lhokseumawe', 'stage')).map(({ id, approved_by }) => [id, approved_by]),
  ).toEqual([
    ['baru-1', null],
    ['cpns-contoh-1', null],
  ])
})

it('lets nobody take in what another has sent', async () => {
  const { upload } = await look(rina, await CSV(rows(aVacancy({ id: 'punya-rina' }))))
  expect((await confirm(head, upload)).status).toBe(422)
  expect((await all()).map(({ id }) => id)).not.toContain('punya-rina')
})

it('keeps articles as drafts, each for somebody else to read', async () => {
  const columns = ['id', 'question', 'answer', 'source', 'as_of', 'valid_until', 'class', 'checked_by']
  const row = [
    'cuti-besar',
    'Bagaimana mengajukan cuti besar?',
    'Lewat atasan langsung.',
    'Contoh',
    '2026-11-20',
    '',
    'local',
    'Kepala',
  ]
  const table = await writeTable({ columns, rows: [row] }, 'csv')
  const { upload } = await look(rina, table, 'articles')
  expect(await (await confirm(rina, upload)).text()).toContain('1 baru')
  expect((await knowledge.of('lhokseumawe')).article('cuti-besar')).toBeUndefined()
  expect(await (await head.get('/desk/lhokseumawe/knowledge/cuti-besar')).text()).toContain(
    'Lewat atasan langsung.',
  )
  expect((await look(rina, table, 'articles')).page).toContain('1 baris sudah seperti itu')
  const bad = await writeTable({ columns, rows: [row.with(4, 'kemarin').with(0, 'lain')] }, 'csv')
  expect((await look(rina, bad, 'articles')).page).toMatch(
    /<td class="code">as_of<\/td><td><bdi>harus tanggal yang ada di kalender, ditulis seperti 2026-11-21/,
  )
})
