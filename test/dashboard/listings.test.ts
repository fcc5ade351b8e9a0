import { expect, it } from 'vitest'
import { VACANCY_COLUMNS, vacancyCells } from '../../src/exchange/vacancy-row.ts'
import { NO_KNOWLEDGE } from '../../src/knowledge/books.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import type { Identified, ListingKind } from '../../src/records/listings.ts'
import { listingOf } from '../../src/records/listings-of.ts'
import { openVacancies } from '../../src/vacancies/books.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { fakePlatform, houses, NOON, testLine } from '../helpers/line.ts'
import { anAgendaItem, aRound, aStage, aVacancy, putAll } from '../helpers/listings.ts'
import { reading } from '../helpers/vacancies.ts'

const { db } = await testDatabase()
const vacancies = openVacancies({ db, reading, examples: true })
const line = await testLine(db, makeKeyring(), fakePlatform('telegram'), NO_KNOWLEDGE, vacancies)
const house = openDeskHouse({ db, line, houses })
house.now.at = NOON
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head' })
const other = await house.comes({ name: 'Sari', role: 'observer', duties: ['approver'] })

const DESK = '/desk/lhokseumawe'
const text = async (answer: Response | Promise<Response>) => (await answer).text()
const kept = (kind: ListingKind, id: string) => listingOf(db.pool, 'lhokseumawe', kind, id)
const cells = (vacancy: Identified<'vacancy'>) =>
  Object.fromEntries(VACANCY_COLUMNS.map((column, n) => [column, vacancyCells(vacancy)[n] ?? '']))
const seenIn = (page: string) =>
  /approve"><input type="hidden" name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
const approve = async (who: Visitor, path: string) =>
  who.post(`${DESK}${path}/approve`, { seen: seenIn(await text(other.get(`${DESK}${path}`))) })

it('a new vacancy is shown once somebody else has agreed, and its history says who did what', async () => {
  const saved = await rina.post(`${DESK}/vacancies/new`, cells(aVacancy({ id: 'penyuluh' })))
  expect(saved.headers.get('location')).toBe(`${DESK}/vacancies/penyuluh?done=yes`)
  expect(await kept('vacancy', 'penyuluh')).toMatchObject({ approved_by: null, version: 1 })
  expect(await text(rina.get(`${DESK}/vacancies?scope=waiting`))).toContain('penyuluh')
  const page = await text(other.get(`${DESK}/vacancies/penyuluh`))
  expect(page).toContain('<b>Analis Hukum (contoh)</b>')
  expect(page).toContain('Hati-hati calo')
  expect((await rina.post(`${DESK}/vacancies/penyuluh/approve`, { seen: seenIn(page) })).status).toBe(403)
  expect((await approve(other, '/vacancies/penyuluh')).status).toBe(303)
  expect(await kept('vacancy', 'penyuluh')).toMatchObject({ approved_by: 'Sari', version: 2 })
  const after = await text(rina.get(`${DESK}/vacancies/penyuluh`))
  expect(after).toMatch(/Versi 1 · [^·]+ · Rina/)
  expect(after).toMatch(/Versi 2 · [^·]+ · Sari/)
  expect(await text(rina.get(`${DESK}/vacancies`))).toContain('penyuluh')
})

it('what is shown stays as it is while its change waits, and nobody agrees to their own', async () => {
  await head.post(`${DESK}/vacancies/penyuluh`, cells(aVacancy({ id: 'penyuluh', places: 7 })))
  expect(await kept('vacancy', 'penyuluh')).toMatchObject({ places: 2, approved_by: 'Sari' })
  const page = await text(other.get(`${DESK}/vacancies/penyuluh`))
  expect(page).toContain('<del>2</del> → <ins>7</ins>')
  expect((await approve(head, '/vacancies/penyuluh')).status).toBe(422)
  expect((await kept('vacancy', 'penyuluh'))?.version).toBe(2)
  expect((await approve(other, '/vacancies/penyuluh')).status).toBe(303)
  expect(await kept('vacancy', 'penyuluh')).toMatchObject({ places: 7, approved_by: 'Sari', version: 3 })
  expect(await text(rina.get(`${DESK}/vacancies/penyuluh`))).toMatch(/Versi 3 · [^·]+ · Kepala/)
})

it('a new one is not approved by who wrote it either, alone or in a list', async () => {
  await head.post(`${DESK}/vacancies/new`, cells(aVacancy({ id: 'sendiri' })))
  const seen = seenIn(await text(other.get(`${DESK}/vacancies/sendiri`)))
  expect((await head.post(`${DESK}/vacancies/sendiri/approve`, { seen })).status).toBe(422)
  await head.post(`${DESK}/vacancies/approve`, { seen: `${seen}/sendiri` })
  expect((await kept('vacancy', 'sendiri'))?.approved_by).toBeNull()
})

it('nobody agrees to what they have not read', async () => {
  await head.post(`${DESK}/vacancies/penyuluh`, cells(aVacancy({ id: 'penyuluh', places: 8 })))
  const seen = seenIn(await text(other.get(`${DESK}/vacancies/penyuluh`)))
  await head.post(`${DESK}/vacancies/penyuluh`, cells(aVacancy({ id: 'penyuluh', places: 80 })))
  expect((await other.post(`${DESK}/vacancies/penyuluh/approve`, { seen })).status).toBe(422)
  expect(await kept('vacancy', 'penyuluh')).toMatchObject({ places: 7 })
  const mark = /drop"><input type="hidden" name="seen" value="([^"]+)"/.exec(
    await text(rina.get(`${DESK}/vacancies/penyuluh`)),
  )
  await rina.post(`${DESK}/vacancies/penyuluh/drop`, { seen: mark?.[1] ?? '' })
  expect(await text(rina.get(`${DESK}/vacancies/penyuluh`))).not.toContain('Perubahan menunggu')
})

it('says at each field what is wrong, in Indonesian, and keeps what was typed', async () => {
  const wrong = {
    ...cells(aVacancy({ id: 'salah' })),
    jumlah: 'banyak',
    tutup: '2026-01-01T10:00',
    pendidikan: 'Hukum',
  }
  const answer = await rina.post(`${DESK}/vacancies/new`, wrong)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('&quot;banyak&quot; harus bilangan bulat dari 1 sampai 100000')
  expect(page).toContain('harus sesudah buka')
  expect(page).toContain('tidak menyebut jenjang')
  expect(page).toContain('value="banyak"')
  expect(await kept('vacancy', 'salah')).toBeUndefined()
  expect(await text(rina.post(`${DESK}/vacancies/new`, cells(aVacancy({ id: 'penyuluh' }))))).toContain(
    'sudah dipakai',
  )
})

it('withdrawn at once with its reason, by those who may', async () => {
  expect((await rina.post(`${DESK}/vacancies/penyuluh/withdraw`, { why: 'formasi batal' })).status).toBe(403)
  expect((await head.post(`${DESK}/vacancies/penyuluh/withdraw`, { why: 'x' })).status).toBe(422)
  expect((await head.post(`${DESK}/vacancies/penyuluh/withdraw`, { why: 'formasi batal' })).status).toBe(303)
  expect(await kept('vacancy', 'penyuluh')).toMatchObject({ withdrawn: 'formasi batal' })
  expect(await text(rina.get(`${DESK}/vacancies?scope=withdrawn`))).toContain('penyuluh')
  expect(await text(rina.get(`${DESK}/vacancies`))).not.toContain('penyuluh')
})

it('many at once, each as it was looked at', async () => {
  await putAll(
    db,
    'vacancy',
    ['a', 'b', 'c'].map(id => aVacancy({ id: `massal-${id}`, approved_by: null })),
  )
  const page = await text(other.get(`${DESK}/vacancies?scope=waiting`))
  const seen = [...page.matchAll(/name="seen" value="([^"]*massal-[^"]*)"/g)].map(([, mark = '']) => mark)
  expect(seen).toHaveLength(3)
  await putAll(db, 'vacancy', [aVacancy({ id: 'massal-c', approved_by: null, places: 9 })])
  const answer = await other.post(`${DESK}/vacancies/approve`, { seen })
  expect(await answer.text()).toContain(
    'Tidak disetujui, karena sudah berubah atau tulisan Anda sendiri: massal-c',
  )
  expect((await kept('vacancy', 'massal-a'))?.approved_by).toBe('Sari')
  expect((await kept('vacancy', 'massal-c'))?.approved_by).toBeNull()
})

it('a stage goes with its selection, and is read among the others', async () => {
  await putAll(db, 'round', [aRound({})])
  await putAll(db, 'stage', [aStage({})])
  const form = await text(rina.get(`${DESK}/stages/new?round=cpns-contoh`))
  expect(form).toContain('value="Seleksi CPNS (contoh)"')
  const stage = {
    seleksi: 'cpns-contoh',
    nama_seleksi: 'Seleksi CPNS (contoh)',
    jenis: 'cpns',
    tahun: '2026',
    urutan: '6',
    tahap: 'skd',
    nama_tahap: 'SKD',
    mulai: '2026-12-20T08:00',
    selesai: '2026-12-22T17:00',
    yang_dilakukan: 'Datang 60 menit sebelum sesi.',
    sumber: 'Contoh',
    per_tanggal: '2026-11-20',
  }
  expect((await rina.post(`${DESK}/stages/new`, { ...stage, tahun: '2025' })).status).toBe(422)
  expect((await rina.post(`${DESK}/stages/new`, stage)).status).toBe(303)
  const page = await text(other.get(`${DESK}/stages/cpns-contoh-6`))
  expect(page).toContain('1. Pendaftaran')
  expect(page).toContain('2. SKD: 20 Desember 2026')
  expect((await approve(other, '/stages/cpns-contoh-6')).status).toBe(303)
  expect((await kept('stage', 'cpns-contoh-6'))?.approved_by).toBe('Sari')
})

it('an event is cancelled on its page, and its waiting change goes with it', async () => {
  await putAll(db, 'agenda', [
    anAgendaItem({ id: 'bursa', starts_at: '2026-12-01T02:00:00.000Z', ends_at: '2026-12-01T05:00:00.000Z' }),
  ])
  const page = await text(rina.get(`${DESK}/agenda/bursa`))
  const form = Object.fromEntries(
    [...page.matchAll(/<input[^>]* name="(\w+)"[^>]* value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  await rina.post(`${DESK}/agenda/bursa`, {
    ...form,
    jenis: 'pelatihan',
    tempat: 'Aula B (contoh)',
    yang_dibawa: 'Alat tulis',
  })
  expect(await text(rina.get(`${DESK}/agenda/bursa`))).toContain('Aula B (contoh)')
  expect((await kept('agenda', 'bursa')) as object).toMatchObject({ venue: 'Aula (contoh)' })
  expect((await head.post(`${DESK}/agenda/bursa/withdraw`, { why: 'hujan badai' })).status).toBe(303)
  const { rowCount } = await db.pool.query(`select 1 from listing_drafts where listing_id = 'bursa'`)
  expect(rowCount).toBe(0)
})
