import { html } from 'hono/html'
import type { Table } from '../exchange/table.ts'
import { FORMATS, writeTable } from '../exchange/write-table.ts'
import { localTime } from '../lib/local-time.ts'
import type { Html } from '../portal/look/frame.ts'
import { lineChart } from '../portal/look/line-chart.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { around, hasEnded } from '../surveys/period.ts'
import { reading } from '../surveys/reading.ts'
import { decimalComma } from '../surveys/report/words.ts'
import type { Point } from '../surveys/trend.ts'
import { trendTo } from '../surveys/trend-to.ts'
import type { DeskRoute, Seat } from './door.ts'
import { TYPES } from './file-types.ts'
import { deskPage, linkTo } from './page.ts'

/** The national survey: what leaders are measured by. */
const SURVEY = 'skm'
/** A quarter is the shortest period an office reports. */
const QUARTER = { first: 1, last: 3 }
/** The scale of the index, and where grades begin by each rule (surveys/conventions.ts). */
const SCALE = { from: 25, to: 100 }
const GRADES = {
  '2017': [65, 76.61, 88.31],
  '2004': [43.76, 62.51, 81.26],
} as const

export const SKM_TREND: DeskRoute = {
  method: 'get',
  path: '/figures/skm',
  for: ['supervisor', 'approver'],
  proved: true,
  answer: exportTrend,
}

/** `running`: its quarter is not over, and its figures can still change. */
type Quarter = Point & { running: boolean }

async function trendOf({ door, house }: Seat): Promise<Quarter[]> {
  const instrument = house.surveys[SURVEY]
  if (instrument === undefined) return []
  const { id, zone } = house.office
  const today = localTime(zone, door.now()).slice(0, 10)
  const points = await reading(door.db, on => trendTo(on, id, instrument, around(QUARTER, today)))
  return points.map(point => ({ ...point, running: !hasEnded(point.period, today) }))
}

/** The satisfaction index by quarter, as a chart with its table; nothing where nobody was asked. */
export async function skmTrend(seat: Seat): Promise<Html> {
  const { t, house, language, member } = seat
  const instrument = house.surveys[SURVEY]
  const points = await trendOf(seat)
  if (instrument === undefined || points.length === 0) return html``
  const rules = GRADES[instrument.rule].map((at, n) => ({ at, name: ['C', 'B', 'A'][n] ?? '' }))
  const number = (value: number) => (language === 'en' ? value.toFixed(2) : decimalComma(value))
  const shown = points.map(({ period, ikm }) => ({
    label: period.id,
    value: ikm,
    text: ikm === null ? '' : number(ikm),
  }))
  const title = t(`${instrument.index} tiap triwulan`, `${instrument.index} by quarter`)
  return html`<article><h2>${t(`Perkembangan ${instrument.index}`, `Trend of the ${instrument.index}`)}</h2>
<p class="small quiet">${t('Garis: mulai mutu C, B, dan A. Triwulan dengan kurang dari lima responden tidak ditampilkan.', 'Lines: where grades C, B and A begin. Quarters of fewer than five respondents are not shown.')}</p>
${lineChart(shown, { ...SCALE, rules }, title)}
<details class="bare"><summary>${t('Sebagai tabel', 'As a table')}</summary><table><thead><tr><th>${t('Triwulan', 'Quarter')}</th><th class="number">${t('Responden', 'Respondents')}</th><th class="number">${instrument.index}</th><th>${t('Mutu', 'Grade')}</th></tr></thead><tbody>
${points.map(({ period, n, ikm, grade, running }) => html`<tr><td>${period.id}${running ? t(' (berjalan, belum final)', ' (running, not final)') : ''}</td><td class="number">${ikm === null ? '–' : n}</td><td class="number">${ikm === null ? '–' : number(ikm)}</td><td>${grade ?? '–'}</td></tr>`)}</tbody></table></details>
${member.duties.includes('supervisor') || member.duties.includes('approver') ? html`<p class="row">${FORMATS.map(format => html`<a role="button" class="second" href="${linkTo(seat, `/figures/skm?format=${format}`)}">${t('Unduh', 'Download')} ${instrument.index} ${format.toUpperCase()}</a>`)}</p>` : ''}</article>`
}

async function exportTrend(seat: Seat): Promise<Response> {
  const { c, t, door, house, member } = seat
  const format = FORMATS.find(one => one === c.req.query('format')) ?? 'csv'
  const points = await trendOf(seat)
  if (points.length === 0)
    return deskPage(seat, {
      title: t('Belum ada angka', 'No figures yet'),
      body: html`<p><a href="${linkTo(seat, '/figures')}">${t('Kembali ke angka', 'Back to the figures')}</a></p>`,
    })
  const table: Table = {
    columns: ['period', 'respondents', 'index', 'grade', 'final'],
    rows: points.map(({ period, n, ikm, grade, running }) => {
      const figures = ikm === null ? ['', '', ''] : [String(n), ikm.toFixed(2), grade ?? '']
      return [period.id, ...figures, String(!running)]
    }),
  }
  const entry = { office: house.office.id, actor: member.id, action: 'figures_exported', subject: SURVEY }
  await transaction(door.db, client => note(client, door.room.sealing, entry, door.now()))
  return c.body(new Uint8Array(await writeTable(table, format)), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="balai-${SURVEY}.${format}"`,
  })
}
