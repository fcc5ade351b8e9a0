import { html } from 'hono/html'
import { FORMATS } from '../exchange/write-table.ts'
import { bars } from '../portal/look/bars.ts'
import { shortDay } from '../portal/look/short-day.ts'
import type { Duty } from '../records/duties.ts'
import { figuresBy, loadByHour, medianHours, type Row } from '../records/figures.ts'
import type { DeskRoute, Seat } from './door.ts'
import { exportFigures } from './figures-export.ts'
import { everyWeek, spanOf } from './figures-span.ts'
import { behind, spokenHours, tableOf, tile, total } from './figures-table.ts'
import { KINDS } from './filters.ts'
import { deskPage, linkTo } from './page.ts'
import { SKM_TREND, skmTrend } from './skm-trend.ts'

const WHO: readonly Duty[] = [
  'operator',
  'supervisor',
  'approver',
  'protection',
  'administrator',
  'confidential',
]

/** What leaders want to know. No word of anybody is in it, and of the restricted desk nothing for who does not read there. */
export const FIGURES: DeskRoute[] = [
  { method: 'get', path: '/figures', for: WHO, answer: showFigures },
  {
    method: 'get',
    path: '/figures/export',
    for: ['supervisor', 'approver'],
    proved: true,
    answer: exportFigures,
  },
  SKM_TREND,
]

async function showFigures(seat: Seat): Promise<Response> {
  const { t, door, language, house } = seat
  const on = door.reads
  const span = spanOf(seat)
  const [weeks, desks, kinds, median, hours, trend] = await Promise.all([
    figuresBy(on, 'week', span),
    figuresBy(on, 'desk', span),
    figuresBy(on, 'kind', span),
    medianHours(on, span),
    loadByHour(on, span),
    skmTrend(seat),
  ])
  const all = total(weeks)
  const named = (rows: Row[], name: (of: string) => string) =>
    rows.map(row => ({ ...row, name: name(row.name) }))
  const byWeek = named(everyWeek(weeks, span), week => shortDay(week, language))
  const weekChart = bars(
    byWeek.map(row => ({
      label: row.name.slice(0, 6),
      parts: [
        { value: row.in_time, class: '' },
        { value: row.late, class: 'late' },
      ],
    })),
    t('Jawaban pertama tepat waktu dan terlambat, tiap minggu', 'First answers in time and late, by week'),
  )
  const hourChart = bars(
    hours.map((value, hour) => ({ label: String(hour).padStart(2, '0'), parts: [{ value, class: '' }] })),
    t('Laporan masuk menurut jam', 'Tickets received by hour'),
  )
  return deskPage(seat, {
    title: t('Angka', 'Figures'),
    body: html`<form method="get" class="row"><label>${t('Dari', 'From')}<input type="date" name="from" value="${span.from}"></label>
<label>${t('sampai', 'to')}<input type="date" name="to" value="${span.to}"></label><button class="second">${t('Tampilkan', 'Show')}</button></form><p></p>
<div class="tiles">${tile(all.received, t('masuk', 'received'))}${tile(all.in_time, t('dijawab tepat waktu', 'answered in time'))}${tile(all.late, t('terlambat', 'late'))}${tile(all.reopened, t('dibuka lagi', 'reopened'))}${tile(all.ended, t('selesai', 'ended'))}${tile(median === null ? '–' : spokenHours(median, t), t('median jawaban pertama', 'median first answer'))}</div>
<article><h2>${t('Jawaban pertama tiap minggu', 'First answers by week')}</h2>
<p class="small quiet">${t('Tiang: tepat waktu di bawah, terlambat (merah) di atas.', 'Bars: in time below, late (red) on top.')}</p>
${weekChart}${behind(seat, tableOf(seat, t('Minggu mulai', 'Week of'), byWeek))}</article>
<article><h2>${t('Menurut meja', 'By desk')}</h2>${tableOf(
      seat,
      t('Meja', 'Desk'),
      named(desks, desk => house.office.desks[desk]?.name ?? desk),
    )}</article>
<article><h2>${t('Menurut jenis', 'By kind')}</h2>${tableOf(
      seat,
      t('Jenis', 'Kind'),
      named(kinds, kind => KINDS[kind]?.[language] ?? kind),
    )}</article>
<article><h2>${t('Laporan masuk menurut jam', 'Tickets received by hour')}</h2>${hourChart}${behind(
      seat,
      html`<table><thead><tr><th>${t('Jam', 'Hour')}</th><th class="number">${t('Masuk', 'Received')}</th></tr></thead><tbody>${hours.map((value, hour) => html`<tr><td>${String(hour).padStart(2, '0')}.00</td><td class="number">${value}</td></tr>`)}</tbody></table>`,
    )}</article>
${trend}
<p class="row">${seat.member.duties.includes('supervisor') ? FORMATS.map(format => html`<a role="button" class="second" href="${linkTo(seat, `/figures/export?from=${span.from}&to=${span.to}&format=${format}`)}">${t('Unduh', 'Download')} ${format.toUpperCase()}</a>`) : ''}</p>
<p class="small quiet">${t(
      'Dihitung tiap menit, menurut hari laporan masuk. Terlambat: jawaban pertama sesudah hari yang dijanjikan, atau belum ada padahal hari itu lewat.',
      'Counted every minute, by the day a report came. Late: first answered after the promised day, or not yet though it is over.',
    )}</p>`,
  })
}
