import { readSheet } from 'read-excel-file/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { surveyDoor } from '../../src/portal/surveys/survey-door.ts'
import { transaction } from '../../src/records/db.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { figuresOf } from '../../src/surveys/figures.ts'
import { addResponses } from '../../src/surveys/ledger.ts'
import { periodName, readPeriod } from '../../src/surveys/period.ts'
import { noteFollowUp, notePlan } from '../../src/surveys/plans.ts'
import { publishFigures } from '../../src/surveys/published.ts'
import { loadReport } from '../../src/surveys/report/load.ts'
import { reportPage } from '../../src/surveys/report/page.ts'
import { MOST_LINES, workbook } from '../../src/surveys/report/workbook.ts'
import { responseLines } from '../../src/surveys/rows.ts'
import { noteServed } from '../../src/surveys/served.ts'
import { linksOf, qrOf, sheetPage } from '../../src/surveys/sheet.ts'
import { groupSuggestions } from '../../src/surveys/suggestion-groups.ts'
import { keepSuggestion } from '../../src/surveys/suggestions.ts'
import { archiveInstrument, versionOf } from '../../src/surveys/versions.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses } from '../helpers/line.ts'

const { db } = await testDatabase()
const sealing = createSealing(makeKeyring())
const house = houses.houses.get('medan')
const instrument = house?.surveys.skm
if (house === undefined || instrument === undefined) throw new Error('there is no SKM')
const { office } = house
const period = readPeriod('2026-T3') ?? expect.fail('no period')
const where = { office: 'medan', survey: 'skm', period: '2026-T3' }
const who = { by: 'Rina', at: new Date('2026-10-05T02:00:00Z') }
const report = () => loadReport(db, sealing, { office, instrument, period, example: true })
const elements = Object.keys(instrument.elements)

const responsesOf = (month: string) =>
  Array.from({ length: 29 }, (_, n) => ({
    id: crypto.randomUUID(),
    office: 'medan',
    survey: 'skm',
    version: versionOf(instrument),
    month,
    source: 'visit' as const,
    channel: 'web',
    unit: n < 3 ? 'Loket <b>jarang</b>' : 'Loket 1',
    service: 'Legalisir',
    traits: {},
    // Eighteen fours and eleven threes: what an agency had for its first element.
    values: elements.map(() => (n < 18 ? 4 : 3)),
    madeBy: elements.map(element => Buffer.from(`${month}/${n}/${element}`)),
  }))

beforeAll(async () => {
  await archiveInstrument(db.pool, instrument)
  await transaction(db, async client => {
    await addResponses(client, responsesOf('2026-07-01'))
    for (const text of [
      'Kursi <script>alert(1)</script> ditambah\u202e\u200b',
      'Kursinya kurang, hubungi 081234567890',
      'Parkir sempit',
    ])
      await keepSuggestion(client, sealing, { ...where, month: '2026-07-01', unit: '', service: '', text })
  })
  await notePlan(
    db.pool,
    where,
    { element: 'waktu', programme: 'Menambah loket', time: 'Oktober 2026', charge: 'Sekretariat' },
    who,
  )
  const before = { ...where, period: '2026-T2' }
  await notePlan(
    db.pool,
    before,
    { element: 'biaya', programme: 'Papan tarif', time: 'Juli 2026', charge: 'Umum' },
    who,
  )
  await noteFollowUp(db.pool, before, { element: 'biaya', followUp: 'Sudah dipasang' }, who)
  await noteServed(db.pool, { ...where, served: 40 })
})

describe('the report of a period', () => {
  it('has its chapters, its convention beside the index, and a place for what will be done', async () => {
    const page = await reportPage(await report())
    for (const chapter of [
      'Pendahuluan',
      'Metode',
      'Karakteristik responden',
      'Hasil',
      'Analisis',
      'Rencana tindak lanjut',
      'Perbandingan',
      'Kesimpulan',
      'kuesioner',
    ])
      expect(page).toContain(chapter)
    expect(page).toContain('<b>90,52</b>')
    expect(page).toContain(
      'bobot tiap unsur 1/9 (tanpa pembulatan); kategori mutu menurut PermenPANRB 14/2017',
    )
    expect(page).toContain('Belum memenuhi sampel minimal: 29 dari 36 responden')
    expect(page.match(/<svg class="chart"/g)).toHaveLength(2)
    expect(page).toContain('Menambah loket')
    expect(page).toContain('Sudah dipasang')
    expect(page).toContain('CONTOH')
  })

  it('lets nothing that was written through as markup, and masks what is a number of somebody', async () => {
    const page = await reportPage(await report())
    expect(page).not.toContain('<script>')
    expect(page).not.toMatch(/[\u202e\u200b]/)
    expect(page).not.toContain('<b>jarang</b>')
    expect(page).not.toContain('081234567890')
    expect(page).toContain('[telepon]')
  })

  it('as a workbook is the table of the form', async () => {
    const { figures } = await report()
    const { lines } = await responseLines(db.pool, {
      office: 'medan',
      survey: 'skm',
      from: '2026-07-01',
      to: '2026-09-01',
    })
    const turned = { ...figures, unit: 'Loket\u202e 1' }
    const rows = await readSheet(await workbook(turned, lines))
    expect(rows.flat()).toContain(`Loket 1, ${office.name}`)
    const named = (label: string) => rows.find(([first]) => first === label)
    expect(named('No')?.slice(1, 3)).toEqual(['Persyaratan', 'Sistem, Mekanisme, dan Prosedur'])
    expect(rows.filter(([n]) => typeof n === 'number')).toHaveLength(29)
    expect(named('Jumlah nilai per unsur')?.[1]).toBe(105)
    expect(named('NRR per unsur')?.[1]).toBe(3.621)
    expect(named('IKM unit pelayanan')?.at(-1)).toBe(90.52)
    expect(named('Mutu pelayanan')?.at(-1)).toBe('A (Sangat baik)')
  })

  it('leaves lines nobody would scroll through to the CSV, and names no unit of three', async () => {
    const { figures } = await report()
    const { lines } = await responseLines(db.pool, {
      office: 'medan',
      survey: 'skm',
      from: '2026-07-01',
      to: '2026-09-01',
    })
    expect(lines.filter(({ unit }) => unit === '(kelompok kecil)')).toHaveLength(3)
    const many = Array.from({ length: MOST_LINES + 1 }, () => lines[0] ?? expect.fail('no line'))
    const rows = await readSheet(await workbook(figures, many))
    expect(rows.length).toBeLessThan(20)
  })
})

describe('suggestions', () => {
  it('are grouped by the words they share', () => {
    const groups = groupSuggestions([
      'Kursi kurang',
      'tambah kursinya dong',
      'Parkir sempit',
      'parkirnya jauh',
      'lain lagi',
    ])
    expect(groups.map(({ word, count }) => [word, count])).toEqual([
      ['kursi', 2],
      ['parkir', 2],
      ['', 1],
    ])
  })
})

describe('the public page', () => {
  const door = surveyDoor({ reads: db.pool, houses: houses.houses, trial: true })
  const publishing = { ...who, zone: 'Asia/Jakarta', running: false, example: false }
  const get = async (path: string) => {
    const answer = await door.request(path)
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') }
  }

  it('says that nothing was published, and then the last published result with all it needs', async () => {
    expect((await get('/medan/skm')).text).toContain('Belum ada hasil yang dipublikasikan')
    expect(JSON.parse((await get('/medan/data/skm.json')).text)).toMatchObject({
      survey: 'skm',
      published: [],
    })
    await publishFigures(db, await figuresOf(db.pool, { office, instrument, period }), {
      ...publishing,
    })
    const { text } = await get('/medan/skm')
    for (const told of [
      '90,52',
      'Triwulan III Tahun 2026',
      '29 lengkap',
      'tidak ada undangan',
      'bobot tiap unsur 1/9',
      'versi 1',
    ])
      expect(text).toContain(told)
    expect(text).not.toContain('Loket <b>jarang')
  })

  it('is open data as well', async () => {
    const { published } = JSON.parse((await get('/medan/data/skm.json')).text) as {
      published: Record<string, unknown>[]
    }
    expect(published).toMatchObject([
      {
        period: '2026-T3',
        version: 1,
        ikm: 90.52,
        grade: 'A',
        respondents: 29,
        weight: 'exact',
        rule: '2017',
        target: 36,
        final: true,
      },
    ])
    const [heading = '', row = ''] = (await get('/medan/data/skm.csv')).text
      .replace('\uFEFF', '')
      .split('\r\n')
    expect(heading.split(',').slice(0, 4)).toEqual(['period', 'version', 'published_at', 'respondents'])
    expect(row).toContain('90.52,A,true')
  })

  it('may be read by any program and page, as every open data', async () => {
    const open = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
    for (const [path, type] of [
      ['/medan/data/skm.json', 'application/json'],
      ['/medan/data/skm.csv', 'text/csv; charset=utf-8'],
    ] as const) {
      const { headers } = await door.request(path)
      expect(Object.fromEntries(headers), path).toMatchObject({
        ...open,
        'content-type': type,
        'cache-control': 'public, max-age=600',
      })
    }
  })

  it('says of a period that was running when it was published that it is not final', async () => {
    expect((await get('/medan/skm')).text).not.toContain('belum final')
    const fourth = readPeriod('2026-T4') as NonNullable<ReturnType<typeof readPeriod>>
    const figures = await figuresOf(db.pool, { office, instrument, period })
    const so = { ...figures, period: { id: fourth.id, name: periodName(fourth), months: '' } }
    await publishFigures(db, so, { ...publishing, running: true })
    const { text } = await get('/medan/skm')
    expect(text).toContain('Triwulan IV Tahun 2026 (berjalan, belum final)')
    expect(text).toContain('Dihitung selagi periodenya masih berjalan')
    expect(text).not.toContain('Triwulan III Tahun 2026 (berjalan')
    expect(JSON.parse((await get('/medan/data/skm.json')).text)).toMatchObject({
      published: [
        { period: '2026-T4', final: false },
        { period: '2026-T3', final: true },
      ],
    })
  })

  it('says of a comparison with such a period that it was with one that was not final', async () => {
    const next = readPeriod('2027-T1') ?? expect.fail('no period')
    await transaction(db, client => addResponses(client, responsesOf('2027-01-01')))
    const figures = await figuresOf(db.pool, { office, instrument, period: next })
    await publishFigures(db, figures, { ...publishing, at: new Date('2027-04-05T02:00:00Z') })
    expect((await get('/medan/skm')).text).toContain(
      'Dibandingkan 2026-T4 (dipublikasikan selagi berjalan, belum final), nilai tetap',
    )
    expect(JSON.parse((await get('/medan/data/skm.json')).text)).toMatchObject({
      published: [
        { period: '2027-T1', final: true, compared: { with: '2026-T4', final: false, difference: 0 } },
        { period: '2026-T4', compared: null },
        { period: '2026-T3', compared: null },
      ],
    })
    const [heading = '', ...rows] = (await get('/medan/data/skm.csv')).text.split('\r\n')
    const at = heading.split(',').indexOf('compared_with')
    expect(rows.map(row => row.split(',').slice(at, at + 3))[0]).toEqual(['2026-T4', 'false', '0'])
  })

  it('is nowhere for an office that is not there', async () => {
    expect((await get('/nirgends/skm')).status).toBe(404)
    expect((await get('/nirgends/data/skm.csv')).status).toBe(404)
  })
})

describe('the sheet of a counter', () => {
  const point = {
    code: '7K4QX2',
    office: 'medan',
    survey: 'skm',
    unit: 'Loket <1>',
    services: [],
    per_day: 1,
    used: 0,
    used_on: null,
    closed_on: null,
  }
  it('has a link for each platform, and a picture of it', async () => {
    const links = linksOf(point, instrument, { telegram: '@contoh_bot', whatsapp: '+62 000-0000' })
    expect(links.map(({ url }) => url)).toEqual([
      'https://t.me/contoh_bot?start=survei_7K4QX2',
      'https://wa.me/620000000?text=survei%207K4QX2',
    ])
    expect(qrOf(links[0] ?? expect.fail('no link'))).toMatch(/^<svg[\s\S]*<\/svg>/)
    const page = String(await sheetPage(point, instrument, 'Kantor contoh', links))
    expect(page).toContain('survei 7K4QX2')
    expect(page).toContain('Loket &lt;1&gt;')
  })
})
