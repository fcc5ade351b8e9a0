/** A row of a table and its number in the file, counted from 1 with the heading. */
export type CsvRow = { number: number; cells: string[] }

/**
 * Cells a spreadsheet would take for a formula, full-width signs as well: what somebody typed into a chat must not run on an officer's
 * desk. Apostrophes before it are the citizen's own; with one more of ours they come back as they were.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * Reads a table as spreadsheets write it: commas, or semicolons where the comma is the decimal point; quotes around what holds
 * either, a quote or a line break. Empty rows are left out. Throws with the row's number when a quote is never closed.
 */
export function readCsv(text: string): CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const heading = plain.slice(0, Math.max(0, plain.indexOf('\n')))
  const between = heading.split(';').length > heading.split(',').length ? ';' : ','
  const rows: CsvRow[] = []
  let [cells, cell, quoted, number]: [string[], string, boolean, number] = [[], '', false, 1]
  const end = () => {
    cells.push(cell)
    if (cells.some(one => one.trim() !== '')) rows.push({ number, cells: cells.map(withoutGuard) })
    ;[cells, cell, number] = [[], '', number + 1]
  }
  for (let at = 0; at < plain.length; at++) {
    const letter = plain[at] ?? ''
    if (quoted && letter === '"' && plain[at + 1] === '"') {
      cell += letter
      at += 1
    } else if (letter === '"' && (quoted || cell === '')) quoted = !quoted
    else if (quoted || (letter !== between && letter !== '\n')) cell += letter
    else if (letter === '\n') end()
    else {
      cells.push(cell)
      cell = ''
    }
  }
  if (quoted) throw new Error(`row ${number}: a quote is opened and never closed`)
  if (cell !== '' || cells.length > 0) end()
  return rows
}

/** A table as text, with a mark at its beginning by which spreadsheets know UTF-8. */
export function writeCsv(rows: string[][]): string {
  return `\uFEFF${rows.map(row => row.map(written).join(',')).join('\r\n')}\r\n`
}

function written(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function withoutGuard(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}
