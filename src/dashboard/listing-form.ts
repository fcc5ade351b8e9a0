import { html } from 'hono/html'
import type { Note } from '../exchange/row-reader.ts'
import { spokenFault } from '../exchange/spoken-fault.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Seat } from './door.ts'
import { type Column, columnOf } from './listing-columns.ts'
import type { ListingPages } from './listing-kinds.ts'
import { linkTo } from './page.ts'

/** Who approves and why something was withdrawn is not typed here: both are deeds. */
const NOT_ASKED = new Set(['disetujui_oleh', 'dicabut'])

export function askedColumns({ columns }: ListingPages): string[] {
  return columns.filter(column => !NOT_ASKED.has(column))
}

/** A row of the table, as a form; what is wrong stands at its field. */
export function listingForm(
  seat: Seat,
  of: ListingPages,
  { id, cells, faults }: { id: string; cells: Record<string, string>; faults: readonly Note[] },
): Html {
  const { t } = seat
  const isNew = id === 'new'
  const asked = askedColumns(of)
  const kept = isNew ? [] : of.fixed
  return html`<form method="post" action="${linkTo(seat, `${of.path}/${encodeURIComponent(id)}`)}" class="fields">
${kept.map(column => html`<input type="hidden" name="${column}" value="${cells[column] ?? ''}">`)}
${asked
  .filter(column => !kept.includes(column))
  .map(column =>
    field(seat, columnOf(of.kind, column), {
      name: column,
      value: cells[column] ?? '',
      isNeeded: of.needs.includes(column),
      wrong: faults
        .filter(fault => fault.column === column)
        .map(({ what }) => spokenFault(what, seat.language)),
    }),
  )}
<p class="small quiet">${t('Warga melihatnya sesudah orang lain menyetujui. Yang sedang tampil tetap tampil sampai saat itu.', 'Citizens see it once somebody else has agreed. What is shown now stays until then.')}</p>
<button>${t('Ajukan', 'Hand in')}</button></form>`
}

/** Words that are letters of others. */
const SHORT = /^(?:cpns|pppk|skd|skb|drh|nip)$/

type Field = { name: string; value: string; isNeeded: boolean; wrong: string[] }

function field(seat: Seat, column: Column, of: Field): Html {
  const { language } = seat
  const hint = column.hint?.[language]
  const words = html`${column[language]}${of.isNeeded ? html` <span aria-hidden="true">*</span>` : ''}${hint === undefined ? '' : html` <span class="small quiet">${hint}</span>`}`
  const why = of.wrong.length === 0 ? '' : html`<small id="why-${of.name}">${of.wrong.join('; ')}</small>`
  const marks = html` name="${of.name}"${of.isNeeded ? html` required` : ''}${of.wrong.length === 0 ? '' : html` aria-invalid="true" aria-describedby="why-${of.name}"`}`
  return html`<label>${words}${input(column, of, marks)}${why}</label>`
}

function input({ as, words }: Column, { value }: Field, marks: Html): Html {
  if (words !== undefined) {
    const all = value === '' || words.includes(value) ? words : [value, ...words]
    return html`<select${marks}>${all.map(one => html`<option value="${one}"${one === value ? html` selected` : ''}>${SHORT.test(one) ? one.toUpperCase() : one}</option>`)}</select>`
  }
  switch (as) {
    case 'lines':
    case 'text':
      return html`<textarea${marks} rows="${as === 'lines' ? 3 : 4}" maxlength="4000">${value}</textarea>`
    case 'moment':
      return html`<input type="datetime-local"${marks} value="${value.replace(' ', 'T')}">`
    case 'day':
      return html`<input type="date"${marks} value="${value}">`
    case 'number':
      return html`<input inputmode="numeric"${marks} value="${value}" maxlength="20">`
    default:
      return html`<input${marks} value="${value}" maxlength="500">`
  }
}
