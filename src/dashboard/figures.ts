import { html } from 'hono/html'
import type { Table } from '../exchange/table.ts'
import { FORMATS, writeTable } from '../exchange/write-table.ts'
import { localTime } from '../lib/local-time.ts'
import { addDays, isDay, weekdayOf } from '../lib/working-days.ts'
import { bars } from '../portal/look/bars.ts'
import type { Html } from '../portal/look/frame.ts'
import { shortDay } from '../portal/look/short-day.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import type { Duty } from '../records/duties.ts'
import { figuresBy, loadByHour, medianHours, type Row, type Span, type Sums } from '../records/figures.ts'
import type { DeskRoute, Seat } from './door.ts'
import { TYPES } from './file-types.ts'
import { KINDS } from './filters.ts'
import { deskPage, linkTo } from './page.ts'
import { desksOf } from './rights.ts'
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

const DAYS = 84

/** Asked for by `from` and `to`; the last twelve weeks without. */
function spanOf({ c, house, member, door }: Seat): Span {
  const { office } = house
  const today = localTime(office.zone, door.now()).slice(0, 10)
  const { from = '', to = '' } = c.req.query()
  const restricted = desksOf(member, office).filter(desk => office.desks[desk]?.restricted)
  const general = Object.keys(office.desks).filter(desk => !office.desks[desk]?.restricted)
  return {
    office: office.id,
    from: isDay(from) ? from : addDays(today, -DAYS),
    to: isDay(to) ? to : today,
    classes: restricted.length > 0 ? ['open', 'closed'] : ['open'],
    desks: [...general, ...restricted],
  }
}

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

/** Weeks in which nothing came stand in the chart as well. At most three years of them. */
function everyWeek(weeks: Row[], { from, to }: Span): Row[] {
  const all: Row[] = []
  const monday = addDays(from, -((weekdayOf(from) + 6) % 7))
  for (let name = monday; name <= to && all.length < 160; name = addDays(name, 7))
    all.push(
      weeks.find(week => week.name === name) ?? {
        name,
        received: 0,
        in_time: 0,
        late: 0,
        reopened: 0,
        ended: 0,
      },
    )
  return all
}

function total(rows: Sums[]): Sums {
  const sum = (of: keyof Sums) => rows.reduce((all, row) => all + row[of], 0)
  return {
    received: sum('received'),
    in_time: sum('in_time'),
    late: sum('late'),
    reopened: sum('reopened'),
    ended: sum('ended'),
  }
}

function spokenHours(hours: number, t: Seat['t']): string {
  if (hours < 1) return t('< 1 jam', '< 1 h')
  return hours < 48
    ? t(`${hours} jam`, `${hours} h`)
    : t(`${Math.round(hours / 24)} hari`, `${Math.round(hours / 24)} days`)
}

function tile(value: number | string, words: string): Html {
  return html`<div class="tile"><b>${value}</b>${words}</div>`
}

function behind({ t }: Seat, table: Html): Html {
  return html`<details class="bare"><summary>${t('Sebagai tabel', 'As a table')}</summary>${table}</details>`
}

function headings(t: Seat['t']): [keyof Sums, string][] {
  return [
    ['received', t('Masuk', 'Received')],
    ['in_time', t('Tepat waktu', 'In time')],
    ['late', t('Terlambat', 'Late')],
    ['reopened', t('Dibuka lagi', 'Reopened')],
    ['ended', t('Selesai', 'Ended')],
  ]
}

function tableOf({ t }: Seat, heading: string, rows: Row[]): Html {
  const columns = headings(t)
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th>${heading}</th>${columns.map(([, words]) => html`<th class="number">${words}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr><td>${row.name}</td>${columns.map(([of]) => html`<td class="number">${row[of]}</td>`)}</tr>`)}</tbody></table></div>`
}

async function exportFigures(seat: Seat): Promise<Response> {
  const { c, t, door, house, member } = seat
  const span = spanOf(seat)
  const format = FORMATS.find(one => one === c.req.query('format')) ?? 'csv'
  const columns = headings(t)
  const table: Table = {
    columns: [t('Menurut', 'By'), t('Nama', 'Name'), ...columns.map(([, words]) => words)],
    rows: [],
  }
  for (const by of ['week', 'desk', 'kind'] as const)
    for (const row of await figuresBy(door.reads, by, span))
      table.rows.push([by, row.name, ...columns.map(([of]) => String(row[of]))])
  const entry = {
    office: house.office.id,
    actor: member.id,
    action: 'figures_exported',
    subject: `${span.from}..${span.to}`,
  }
  await transaction(door.db, client => note(client, door.room.sealing, entry, door.now()))
  return c.body(new Uint8Array(await writeTable(table, format)), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="balai-figures-${span.from}-${span.to}.${format}"`,
  })
}
