import { beforeAll, expect, it } from 'vitest'
import { transaction } from '../../src/records/db.ts'
import { addResponses, type Response } from '../../src/surveys/ledger.ts'
import { plansOf } from '../../src/surveys/plans.ts'
import { pointsOf } from '../../src/surveys/points.ts'
import { lastPublished } from '../../src/surveys/published.ts'
import { archiveInstrument, versionOf } from '../../src/surveys/versions.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })
house.now.at = new Date('2026-11-23T05:00:00Z')
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head' })
const other = await house.comes({ name: 'Sari', role: 'observer', duties: ['approver'] })
const skm = houses.houses.get('lhokseumawe')?.surveys.skm
if (skm === undefined) throw new Error('there is no SKM')
const elements = Object.keys(skm.elements)

const DESK = '/desk/lhokseumawe'
const PERIOD = '2026-T4'
const text = async (answer: Promise<globalThis.Response>) => (await answer).text()

/** Everybody gives 3, but 1 for the third element. */
function some(n: number, month: string): Response[] {
  return Array.from({ length: n }, (_, k) => ({
    id: crypto.randomUUID(),
    office: 'lhokseumawe',
    survey: 'skm',
    version: versionOf(skm as NonNullable<typeof skm>),
    month,
    source: 'visit' as const,
    channel: 'web',
    unit: 'Loket 1',
    service: 'Legalisir',
    traits: {},
    values: elements.map((_, at) => (at === 2 ? 1 : 3)),
    madeBy: elements.map(element => Buffer.from(`${month}/${k}/${element}`)),
  }))
}

beforeAll(async () => {
  await archiveInstrument(db.pool, skm)
  await transaction(db, client => addResponses(client, [...some(10, '2026-10-01'), ...some(6, '2026-07-01')]))
})

it('lists the instruments with what was looked at in each', async () => {
  const page = await text(rina.get(`${DESK}/surveys`))
  expect(page).toContain('9 unsur')
  expect(page).toContain('lengkap dalam bahasa: id, en')
  expect(page).toContain('contoh, belum dikonfirmasi: tidak dapat dipublikasikan')
})

it('shows the figures of a period, and plans for the lowest elements first', async () => {
  const page = await text(head.get(`${DESK}/surveys/skm?period=${PERIOD}`))
  expect(page).toContain('<b>10</b>responden lengkap')
  const forms = [...page.matchAll(/name="element" value="([^"]+)"/g)].map(([, element]) => element)
  expect(forms).toHaveLength(3)
  expect(forms[0]).toBe(elements[2])
  expect(await text(rina.get(`${DESK}/surveys/skm?period=2025`))).toContain('Kurang dari lima responden')
})

it('keeps what will be done and what became of it, by those who answer for it', async () => {
  const plan = {
    period: PERIOD,
    element: elements[2] ?? '',
    programme: 'Tambah loket',
    time: 'Januari 2027',
    charge: 'Kepala bidang',
  }
  const path = `${DESK}/surveys/skm/plan`
  expect((await rina.post(path, plan)).status).toBe(403)
  expect((await head.post(path, { ...plan, charge: '' })).status).toBe(422)
  expect((await head.post(path, plan)).status).toBe(303)
  await head.post(path, { period: PERIOD, element: plan.element, followUp: 'Loket kedua dibuka' })
  expect(await plansOf(db.pool, { office: 'lhokseumawe', survey: 'skm', period: PERIOD })).toMatchObject([
    { element: plan.element, programme: 'Tambah loket', followUp: 'Loket kedua dibuka' },
  ])
  expect(await text(rina.get(`${DESK}/surveys/skm?period=${PERIOD}`))).toContain('Loket kedua dibuka')
})

it('is published by two, or not at all', async () => {
  const publish = (why = '') =>
    head.post(`${DESK}/surveys/skm/publish`, { period: PERIOD, why, running: 'yes' })
  const published = () => lastPublished(db.pool, 'lhokseumawe', 'skm', PERIOD)
  expect((await publish()).status).toBe(422)
  expect((await publish('laporan triwulan')).headers.get('location')).toContain('done=asked')
  await publish('laporan triwulan')
  expect(await published()).toBeUndefined()
  const page = await text(other.get(`${DESK}/agreements`))
  expect(page).toContain('Publikasi hasil survei: skm 2026-T4 (berjalan, belum final)')
  const id = /agreements\/([0-9a-f-]{36})"/.exec(page)?.[1]
  await head.post(`${DESK}/agreements/${id}`, { agree: 'yes' })
  await publish()
  expect(await published()).toBeUndefined()
  await other.post(`${DESK}/agreements/${id}`, { agree: 'yes' })
  expect((await publish()).status).toBe(303)
  expect((await published())?.version).toBe(1)
  expect(await text(rina.get(`${DESK}/surveys`))).toMatch(/Terakhir dipublikasikan: 2026-T4,[^<]*belum final/)
})

it('is not published while its period runs, unless somebody ticks that they know', async () => {
  const page = await text(head.get(`${DESK}/surveys/skm?period=${PERIOD}`))
  expect(page).toContain('2026-T4 belum berakhir. Publikasikan sebagai hasil sementara')
  expect(page).toContain('Saat itu periodenya masih berjalan.')
  const why = 'laporan triwulan'
  const unticked = await head.post(`${DESK}/surveys/skm/publish`, { period: PERIOD, why })
  expect(unticked.status).toBe(422)
  expect(await unticked.text()).toContain('2026-T4 belum berakhir. Tunggu')
  const past = `${DESK}/surveys/skm?period=2026-T3`
  expect(await text(head.get(past))).not.toContain('belum berakhir')
  const asked = await head.post(`${DESK}/surveys/skm/publish`, { period: '2026-T3', why })
  expect(asked.headers.get('location')).toContain('done=asked')
})

it('prints its report, logged, and gives files after the second factor', async () => {
  const report = await text(head.get(`${DESK}/surveys/skm/report?period=${PERIOD}`))
  expect(report).toContain('Triwulan IV Tahun 2026')
  expect(report).toContain('Tambah loket')
  expect(report).not.toContain('<style')
  expect((await rina.get(`${DESK}/surveys/skm/report?period=${PERIOD}`)).status).toBe(403)
  const file = (format: string) => head.get(`${DESK}/surveys/skm/export?period=${PERIOD}&format=${format}`)
  expect((await file('csv')).status).toBe(403)
  await db.pool.query('update staff_sessions set proved_at = $1 where staff_id = $2', [house.now.at, head.id])
  expect((await text(file('csv'))).trim().split('\n')).toHaveLength(11)
  expect(JSON.parse(await text(file('json')))).toMatchObject({ respondents: 10 })
  expect((await file('xlsx')).headers.get('content-type')).toContain('spreadsheetml')
  const { rows } = await db.pool.query<{ action: string }>(
    `select action from audit_log where subject = 'skm ${PERIOD}' order by number`,
  )
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['survey_planned', 'publish_asked', 'survey_report_seen', 'survey_exported']),
  )
})

it('a counter gets a code, a sheet to print, and is closed', async () => {
  const point = { unit: 'Loket 7', services: 'Legalisir\nKartu pegawai', survey: 'skm', perDay: '50' }
  expect((await rina.post(`${DESK}/points`, point)).status).toBe(403)
  expect((await head.post(`${DESK}/points`, { ...point, survey: 'tidak-ada' })).status).toBe(422)
  expect((await head.post(`${DESK}/points`, point)).status).toBe(303)
  const [kept] = await pointsOf(db.pool, 'lhokseumawe')
  expect(kept).toMatchObject({ unit: 'Loket 7', services: ['Legalisir', 'Kartu pegawai'], per_day: 50 })
  const sheet = await text(rina.get(`${DESK}/points/${kept?.code}/sheet?telegram=contoh_bot`))
  expect(sheet).toContain(`survei ${kept?.code}`)
  expect(sheet).toContain('<svg')
  expect(sheet).not.toContain('<style')
  await head.post(`${DESK}/points/${kept?.code}/close`)
  expect((await pointsOf(db.pool, 'lhokseumawe'))[0]?.closed_on).toBe('2026-11-23')
  expect((await rina.get(`${DESK}/points/${kept?.code}/sheet`)).status).toBe(404)
})

it.each(['from=9999-12-20&to=9999-12-31', 'from=0000-01-01', 'to=9999-12-31'])(
  'days at the end of the calendar are as not said: %s',
  async asked => expect((await head.get(`${DESK}/figures?${asked}`)).status).toBe(200),
)

it('leaders see the index by quarter, with a table behind it and a file', async () => {
  const page = await text(head.get(`${DESK}/figures`))
  expect(page).toMatch(
    /<article><h2>Perkembangan IKM<\/h2>[\s\S]*<svg class="chart"[\s\S]*2026-T3<\/td><td class="number">6<\/td>[\s\S]*2026-T4 \(berjalan, belum final\)<\/td><td class="number">10<\/td>/,
  )
  const csv = await text(head.get(`${DESK}/figures/skm?format=csv`))
  expect(csv).toContain('2026-T4,10,69.44,C,false')
  expect(csv).toContain('2026-T3,6,69.44,C,true')
})
