import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { writeTable } from '../../src/exchange/write-table.ts'
import { shown } from '../../src/lib/clean-text.ts'
import { readCsv, writeCsv } from '../../src/lib/csv.ts'
import { type Check, size } from './check.ts'
import { hostileStrings } from './hostile/strings.ts'

/** What a spreadsheet takes for the beginning of a formula, in its own signs and the full-width ones. */
const FORBIDDEN = /^[=+\-@\t\r\n＝＋－＠]/
const BEGINS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', "'", "'=", "''+", '"', '', ' ']
/** Cells of one row. */
const WIDE = 8

/**
 * Guarantee T17: `--cells` fuzzed cells through both exports. None begins as a formula does, and our own reader gives back exactly
 * what was there; line breaks count as one kind, since a spreadsheet makes them so. The control joins cells with commas.
 */
export const check: Check = {
  async run(flags) {
    const cells = cellsOf(size(flags, 'cells', 10_000))
    const rows = Array.from({ length: Math.ceil(cells.length / WIDE) }, (_, n) =>
      // A row that is empty to the eye is left out on reading; this column keeps it.
      [`r${n}`, ...cells.slice(n * WIDE, (n + 1) * WIDE)],
    )
    const written = writeCsv(rows)
    const read = readCsv(written)
    const formulas = rawCells(written).filter(cell => FORBIDDEN.test(cell)).length
    let changed = rows.length === read.length ? 0 : 1
    for (const [n, row] of rows.entries())
      for (const [m, cell] of row.entries()) if (read[n]?.cells[m] !== oneBreak(cell)) changed += 1
    const typed = await sheetChanges(rows.slice(0, 200))
    const control = rawCells(rows.map(row => row.join(',')).join('\r\n')).filter(cell =>
      FORBIDDEN.test(cell),
    ).length
    return {
      totals: { cells: cells.length, formulas, changed, sheetChanged: typed, controlFormulas: control },
      ok: formulas === 0 && changed === 0 && typed === 0 && control > 0,
    }
  },
}

function cellsOf(count: number): string[] {
  const fuzzed = fc.sample(
    fc
      .tuple(fc.constantFrom(...BEGINS), fc.string({ unit: 'grapheme', maxLength: 30 }))
      .map(parts => parts.join('')),
    { numRuns: count, seed: 311 },
  )
  return [...hostileStrings(Math.min(count, 500)), ...fuzzed].slice(0, count).map(cell => cell.toWellFormed())
}

function oneBreak(cell: string): string {
  return cell.replace(/\r\n?/g, '\n')
}

/** Cells as a spreadsheet would see them, quotes taken off, by a reader that knows nothing of our guard. */
function rawCells(csv: string): string[] {
  const cells: string[] = []
  const pattern = /(?:^\uFEFF?|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g
  for (const [, quoted, plain] of csv.matchAll(pattern))
    cells.push((quoted ?? plain ?? '').replaceAll('""', '"'))
  return cells
}

/** Cells that a sheet holds as anything but the text they were; signs that XML or the sheet's writer cannot hold are left out before. */
async function sheetChanges(rows: string[][]): Promise<number> {
  const held = (cell: string) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML holds none of these
    cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffd-\uffff]/g, '')
  const plain = rows.map(row => row.map(cell => oneBreak(held(shown(cell))).trim() || 'x'))
  const sheet = await readSheet(await writeTable({ columns: plain[0] ?? [], rows: plain }, 'xlsx'))
  let changed = 0
  for (const [n, row] of plain.entries())
    for (const [m, cell] of row.entries()) if (String(sheet[n + 1]?.[m] ?? '').trim() !== cell) changed += 1
  return changed
}
