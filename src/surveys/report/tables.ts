import { html } from 'hono/html'
import type { ElementFigures, Figures } from '../figures.ts'
import type { Group } from '../groups.ts'
import { MONTHS } from '../period.ts'
import type { Drawn } from './charts.ts'
import { count, decimalComma, groupName, QUALITY } from './words.ts'

/** What every element came to, with the footer of the form: sum, average, weighted average, index, IKM, grade. */
export function elementTable({ elements, result, index, printedIndex }: Figures): Drawn {
  if (result === null) return html``
  const row = (
    { name, sum, printed, grade }: ElementFigures,
    n: number,
  ) => html`<tr><td class="n">${n + 1}</td><td>${name}</td>
<td class="n">${count(sum)}</td><td class="n">${decimalComma(printed.average, 3)}</td><td class="n">${decimalComma(printed.weighted, 3)}</td>
<td class="n">${decimalComma(printed.converted)}</td><td>${grade}</td></tr>`
  return html`<table><thead><tr><th class="n">No</th><th>Unsur pelayanan</th><th class="n">Jumlah nilai</th><th class="n">NRR</th>
<th class="n">NRR tertimbang</th><th class="n">NRR × 25</th><th>Mutu</th></tr></thead>
<tbody>${elements.map(row)}</tbody>
<tfoot><tr><td colspan="4">Nilai indeks (jumlah NRR tertimbang)</td><td class="n">${decimalComma(printedIndex ?? 0, 3)}</td><td colspan="2"></td></tr>
<tr><td colspan="4">${index} unit pelayanan (nilai indeks × 25)</td><td class="n">${decimalComma(result.ikm)}</td><td colspan="2">${result.grade} (${QUALITY[result.grade]})</td></tr></tfoot></table>`
}

/** The groups of a whole, each with its index; of small ones no more than that they are there. */
export function groupTable(
  heading: string,
  by: string,
  groups: Group[],
  index: string,
  names?: Record<string, string>,
): Drawn {
  const name = (group: Group) =>
    names?.[group.name] ??
    (by === 'trait' && group.name === '' ? 'Tidak menjawab' : groupName(by, group.name, MONTHS))
  return html`<table><thead><tr><th>${heading}</th><th class="n">Responden</th><th class="n">${index}</th><th>Mutu</th></tr></thead>
<tbody>${groups.map(group =>
    group.hidden
      ? html`<tr><td>${name(group)}</td><td colspan="3">tidak ditampilkan, kelompok kecil</td></tr>`
      : html`<tr><td>${name(group)}</td><td class="n">${count(group.n)}</td><td class="n">${decimalComma(group.result.ikm)}</td><td>${group.result.grade}</td></tr>`,
  )}</tbody></table>`
}
