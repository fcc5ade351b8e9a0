import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import type { Row, Sums } from '../records/figures.ts'
import type { Seat } from './door.ts'

/** All rows as one. */
export function total(rows: Sums[]): Sums {
  const sum = (of: keyof Sums) => rows.reduce((all, row) => all + row[of], 0)
  return {
    received: sum('received'),
    in_time: sum('in_time'),
    late: sum('late'),
    reopened: sum('reopened'),
    ended: sum('ended'),
  }
}

/** Hours as people say them: days from two days on. */
export function spokenHours(hours: number, t: Seat['t']): string {
  if (hours < 1) return t('< 1 jam', '< 1 h')
  return hours < 48
    ? t(`${hours} jam`, `${hours} h`)
    : t(`${Math.round(hours / 24)} hari`, `${Math.round(hours / 24)} days`)
}

/** One figure, large, over what it counts. */
export function tile(value: number | string, words: string): Html {
  return html`<div class="tile"><b>${value}</b>${words}</div>`
}

/** The table a chart is drawn of, folded away: for who does not see the chart. */
export function behind({ t }: Seat, table: Html): Html {
  return html`<details class="bare"><summary>${t('Sebagai tabel', 'As a table')}</summary>${table}</details>`
}

/** The columns, in the order they are read, under their headings. */
export function headings(t: Seat['t']): [keyof Sums, string][] {
  return [
    ['received', t('Masuk', 'Received')],
    ['in_time', t('Tepat waktu', 'In time')],
    ['late', t('Terlambat', 'Late')],
    ['reopened', t('Dibuka lagi', 'Reopened')],
    ['ended', t('Selesai', 'Ended')],
  ]
}

/** Sums as a table, a row a name. */
export function tableOf({ t }: Seat, heading: string, rows: Row[]): Html {
  const columns = headings(t)
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th>${heading}</th>${columns.map(([, words]) => html`<th class="number">${words}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr><td>${row.name}</td>${columns.map(([of]) => html`<td class="number">${row[of]}</td>`)}</tr>`)}</tbody></table></div>`
}
