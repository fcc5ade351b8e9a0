import { Hono } from 'hono'
import { beforeAll, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { openDashboard } from '../../src/open-dashboard.ts'
import { surveyDoor } from '../../src/portal/surveys/survey-door.ts'
import { openVacancies } from '../../src/vacancies/books.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, NOON, testLine } from '../helpers/line.ts'
import { anAgendaItem, aRound, aStage, aVacancy, putAll } from '../helpers/listings.ts'
import { reading } from '../helpers/vacancies.ts'

const { db } = await testDatabase()
const line = await testLine(
  db,
  undefined,
  undefined,
  undefined,
  openVacancies({ db, reading, examples: true }),
)
const app = new Hono()
app.route('/', surveyDoor({ reads: db.pool, houses: houses.houses, trial: false }))
for (const door of openDashboard({
  config: {
    mode: 'live',
    publicUrl: 'https://balai.example',
    trustedProxies: [],
    channels: {},
    factorToEnter: false,
  },
  db,
  room: line.room,
  offices: houses,
  files: {
    put: async () => ({ refused: 'no_room' as const }),
    open: async () => undefined,
    sweep: async () => 0,
  },
  check: async () => ({ lines: [], good: true }),
  wordings: { look: async () => undefined },
  warnings: async () => [],
  space: async () => ({ free: 1, total: 1 }),
  log: openLog('silent'),
  now: () => NOON,
}))
  app.route('/', door)
const get = (path: string) => app.request(`/medan${path}`)
const page = async (path: string) => (await get(path)).text()

beforeAll(async () => {
  await putAll(
    db,
    'vacancy',
    [
      aVacancy({ id: 'hukum', position: 'Analis <b>Hukum</b> (contoh)' }),
      aVacancy({ id: 'draf', position: 'Belum disetujui (contoh)', approved_by: null }),
      aVacancy({
        id: 'lewat',
        position: 'Sudah tutup (contoh)',
        opens_at: '2026-10-01T02:00:00.000Z',
        closes_at: '2026-11-01T16:59:00.000Z',
      }),
      aVacancy({ id: 'cabut', position: 'Dicabut (contoh)', withdrawn: 'salah ketik' }),
      aVacancy({ id: 'guru', position: 'Guru (contoh)', education: ['S-1 PGSD'] }),
    ],
    'medan',
  )
  await putAll(db, 'round', [aRound({})], 'medan')
  await putAll(db, 'stage', [aStage({})], 'medan')
  await putAll(
    db,
    'agenda',
    [
      anAgendaItem({
        id: 'keliling',
        starts_at: '2026-11-25T02:00:00.000Z',
        ends_at: '2026-11-25T05:00:00.000Z',
      }),
    ],
    'medan',
  )
})

it('lists the vacancies that are shown, as the chat finds them, each with its page', async () => {
  const all = await page('/vacancies')
  expect(all).toContain('Analis &lt;b&gt;Hukum')
  expect(all).not.toContain('Belum disetujui')
  expect(all).toContain('Hati-hati calo')
  const fitting = await page('/vacancies?text=s1+hukum')
  expect(fitting).toContain('1 lowongan cocok')
  expect(fitting).not.toContain('Guru')
  expect(fitting).toContain('href="/medan/vacancies/hukum"')
  const one = await page('/vacancies/hukum')
  expect(one).toContain('Ditutup: 10 Desember 2026')
  expect(one).toContain('Sumber:')
  for (const gone of ['draf', 'nothing', '%3Cscript%3E'])
    expect((await get(`/vacancies/${gone}`)).status).toBe(404)
})

it('gives back what was looked for as text, never as markup', async () => {
  const words = encodeURIComponent('"><script>alert(1)</script>')
  for (const path of [`/vacancies?text=${words}`, `/agenda?place=${words}`, `/stages?round=${words}`])
    expect(await page(path)).not.toContain('<script>alert')
})

it('tells the stages of a selection and what takes place', async () => {
  expect(await page('/stages')).toContain('Semua tahap:')
  const agenda = await page('/agenda')
  expect(agenda).toContain('href="/medan/agenda/keliling"')
  expect(await page('/agenda/keliling')).toContain('Yang dibawa')
  expect((await get('/agenda/nothing')).status).toBe(404)
})

it('says so where nothing is on record, in two languages', async () => {
  const empty = async (path: string) => (await app.request(`/tangerang-selatan${path}`)).text()
  expect(await empty('/vacancies?language=en')).toContain('no open vacancy')
  expect(await empty('/stages')).toContain('Belum ada seleksi')
  expect(await empty('/agenda')).toContain('Tidak ada agenda')
  expect(await page('/skm')).toContain('Belum ada hasil')
  expect(await page('/skm?language=en')).toContain('Nothing has been published')
})

it('gives the same to other programs, without what is over, taken back, not approved or nobody else’s affair', async () => {
  const answer = await get('/data/vacancies.json')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  const { office, vacancies } = (await answer.json()) as {
    office: string
    vacancies: Record<string, string>[]
  }
  expect([office, vacancies.map(({ kode }) => kode)]).toEqual(['medan', ['guru', 'hukum']])
  expect(vacancies[1]).toMatchObject({ jabatan: 'Analis <b>Hukum</b> (contoh)', tutup: '2026-12-10 23:59' })
  expect(Object.keys(vacancies[1] ?? {})).not.toContain('disetujui_oleh')
  const csv = await page('/data/vacancies.csv')
  expect(csv.trim().split('\r\n')).toHaveLength(3)
  expect(csv).not.toContain('dicabut')
  const agenda = (await (await get('/data/agenda.json')).json()) as { agenda: object[] }
  expect(agenda.agenda).toMatchObject([{ kode: 'keliling', mulai: '2026-11-25 09:00' }])
  expect(await page('/data/agenda.csv')).toContain('keliling')
  expect((await app.request('/bandung/data/agenda.csv')).status).toBe(404)
})
