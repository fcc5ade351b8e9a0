import type { Context } from 'hono'
import { html } from 'hono/html'
import type { House } from '../../offices/house.ts'
import { publicFigures } from '../figures/public-figures.ts'
import { openData } from '../look/open-data.ts'
import type { Tongue } from '../look/tongue.ts'
import { housePage } from './house-page.ts'
import type { PublicDoor } from './public-door.ts'

const KINDS: Record<string, { id: string; en: string }> = {
  complaint: { id: 'Pengaduan', en: 'Complaints' },
  aspiration: { id: 'Aspirasi', en: 'Suggestions' },
  information: { id: 'Permintaan informasi', en: 'Requests for information' },
  recruitment: { id: 'Awasi rekrutmen', en: 'Recruitment watch' },
}

/** How the office does with what it is told, for everybody. */
export async function figuresPage(
  c: Context,
  tongue: Tongue,
  house: House,
  door: PublicDoor,
): Promise<Response> {
  const { t, language } = tongue
  const { office } = house
  const { months, years } = await publicFigures(door.reads, office, door.now())
  const cell = (value: number | null) =>
    html`<td class="number">${value ?? html`<span title="${t('disembunyikan', 'not shown')}">*</span>`}</td>`
  return housePage(c, tongue, office, {
    title: t('Angka pengaduan', 'Complaint figures'),
    body: html`<p>${t(
      'Bulan yang sudah lewat, menurut bulan laporan masuk. Bintang: angka kecil disembunyikan, agar tidak ada orang yang dapat dikenali.',
      'Months that are over, by the month a report came. A star: small numbers are not shown, so that nobody can be recognised.',
    )}</p>
${
  months.length === 0
    ? html`<p class="quiet">${t('Belum ada bulan yang lengkap.', 'No month is complete yet.')}</p>`
    : html`<div class="scroll" tabindex="0"><table><thead><tr><th>${t('Bulan', 'Month')}</th><th>${t('Jenis', 'Kind')}</th><th class="number">${t('Masuk', 'Received')}</th><th class="number">${t('Tepat waktu', 'In time')}</th><th class="number">${t('Terlambat', 'Late')}</th><th class="number">${t('Selesai', 'Ended')}</th></tr></thead><tbody>
${months.map(row => html`<tr><td class="code">${row.month}</td><td>${KINDS[row.kind]?.[language] ?? row.kind}</td>${cell(row.received)}${cell(row.in_time)}${cell(row.late)}${cell(row.ended)}</tr>`)}</tbody></table></div>`
}
${years.map(({ year, closed }) => html`<p>${t(`Laporan rahasia, anonim, dan pengawasan tahun ${year}`, `Confidential, anonymous and conduct reports of ${year}`)}: ${closed ?? '*'}</p>`)}
<p><a href="/${office.id}/data/figures.csv">CSV</a> · <a href="/${office.id}/data/figures.json">JSON</a></p>`,
  })
}

/** The same as open data. Null, or nothing between two commas, is a number that is not told. */
export async function figuresData(c: Context, house: House, door: PublicDoor): Promise<Response> {
  const { office } = house
  const { months, years } = await publicFigures(door.reads, office, door.now())
  const columns = ['month', 'kind', 'received', 'in_time', 'late', 'ended'] as const
  return openData(c, {
    json: () => ({ office: office.id, months, years }),
    table: () => ({
      columns: [...columns],
      rows: months.map(row => columns.map(column => String(row[column] ?? ''))),
    }),
    seconds: 3600,
  })
}
