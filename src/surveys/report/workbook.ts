import writeXlsx from 'write-excel-file/node'
import { shown } from '../../lib/clean-text.ts'
import type { Figures } from '../figures.ts'
import type { ResponseLine } from '../rows.ts'
import { conventionName, QUALITY } from './words.ts'

/** More lines make a file nobody opens; they are in the CSV. */
export const MOST_LINES = 5000

type Cell = {
  value: string | number
  type: typeof String | typeof Number
  fontWeight?: 'bold'
  format?: string
} | null

const text = (value: string): Cell => ({ value: shown(value), type: String })
const bold = (value: string): Cell => ({ value: shown(value), type: String, fontWeight: 'bold' })
const number = (value: number, format = '0'): Cell => ({ value, type: Number, format })

/**
 * The table of the form: a line for each respondent with the values of all elements, and below them sums, averages, weighted averages, index
 * and grade. Formulas are left out: what stands there was reckoned exactly, and a spreadsheet would round on its way.
 */
export async function workbook(figures: Figures, lines: ResponseLine[]): Promise<Buffer> {
  const { elements, result, printedIndex, index } = figures
  const whole = lines.filter(line => line.whole)
  const told = whole.length <= MOST_LINES ? whole : []
  const head = [
    [bold(`Pengolahan ${figures.title} per responden dan per unsur pelayanan`)],
    [text(figures.unit === null ? figures.office.name : `${figures.unit}, ${figures.office.name}`)],
    [text(`${figures.period.name} (${figures.period.months}); ${conventionName(figures)}`)],
    [
      text(
        told.length < whole.length
          ? `${whole.length} responden: nilai tiap responden ada pada berkas CSV.`
          : '',
      ),
    ],
    [bold('No'), ...elements.map(({ name }) => bold(name)), bold('')],
  ]
  const body = told.map((line, n) => [
    number(n + 1),
    ...elements.map(({ element }) => number(line.values[element] ?? 0)),
  ])
  const row = (label: string, of: (one: Figures['elements'][number]) => Cell, last: Cell = null) => [
    bold(label),
    ...elements.map(of),
    last,
  ]
  const foot =
    result === null
      ? []
      : [
          row('Jumlah nilai per unsur', one => number(one.sum)),
          row('NRR per unsur', one => number(one.printed.average, '0.000')),
          row(
            'NRR tertimbang per unsur',
            one => number(one.printed.weighted, '0.000'),
            number(printedIndex ?? 0, '0.000'),
          ),
          row('Mutu per unsur', one => text(one.grade)),
          row(`${index} unit pelayanan`, () => null, number(result.ikm, '0.00')),
          row('Mutu pelayanan', () => null, text(`${result.grade} (${QUALITY[result.grade]})`)),
          row('Jumlah responden', () => null, number(figures.respondents)),
          row('Sampel minimal', () => null, number(figures.target)),
        ]
  const data = [...head, ...body, ...foot]
  return writeXlsx(data, {
    columns: [{ width: 28 }, ...elements.map(() => ({ width: 18 })), { width: 20 }],
  }).toBuffer()
}
