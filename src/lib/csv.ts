/** A row of a table and its number in the file, counted from 1 with the heading. */
export type CsvRow = { number: number; cells: string[] }

/**
 * Cells a spreadsheet would take for a formula, full-width signs as well: what somebody typed into a chat must not run on an officer's
 * desk. Apostrophes before it are the citizen's own; with one more of ours they come back as they were.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/** More letters than any cell holds: a quote that was never closed makes the rest of the file one cell. */
const LONGEST = 1_000_000

/** Reads a whole table; see `createCsvReader`. */
export function readCsv(text: string): CsvRow[] {
  const reader = createCsvReader()
  return [...reader.push(text), ...reader.end().rows]
}

/** Takes a table piece by piece. */
export type CsvReader = {
  /** The rows that are whole by now. */
  push(text: string): CsvRow[]
  /** The last row, if it has no line break behind it; then `cut` says so: it may be half of what it was. */
  end(): { rows: CsvRow[]; cut: boolean }
}

/**
 * Reads a table as spreadsheets write it: commas, or semicolons where the comma is the decimal point; quotes around what holds
 * either, a quote or a line break. Empty rows are left out. Throws with the row's number when a quote is never closed.
 */
export function createCsvReader(): CsvReader {
  let [waiting, between, number] = ['', '', 1]
  let [cells, cell, quoted, wasQuote]: [string[], string, boolean, boolean] = [[], '', false, false]

  function take(text: string): CsvRow[] {
    const rows: CsvRow[] = []
    const end = () => {
      cells.push(cell)
      if (cells.some(one => one.trim() !== '')) rows.push({ number, cells: cells.map(withoutGuard) })
      ;[cells, cell, number] = [[], '', number + 1]
    }
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const letter = text.charCodeAt(at)
      if (letter === QUOTE && (quoted || wasQuote || (cell === '' && from === at))) {
        cell += text.slice(from, at)
        // A quote behind one that closed is a quote that was meant.
        if (wasQuote && !quoted) cell += '"'
        wasQuote = quoted
        quoted = !quoted
        from = at + 1
        continue
      }
      wasQuote = false
      if (quoted || (letter !== LINE && text[at] !== between)) continue
      cell += text.slice(from, at)
      from = at + 1
      if (letter === LINE) end()
      else {
        cells.push(cell)
        cell = ''
      }
    }
    cell += text.slice(from)
    if (cell.length > LONGEST) throw unclosed(number)
    return rows
  }

  function begin(text: string): string {
    const plain = text.replace(/^\uFEFF/, '')
    const heading = plain.slice(0, Math.max(0, plain.indexOf('\n')))
    between = heading.split(';').length > heading.split(',').length ? ';' : ','
    return plain
  }

  return {
    push(text) {
      const all = waiting + text
      // The other half of a line break may be in the next piece, and the heading tells what stands between cells.
      if (between === '' && !all.includes('\n') && all.length < LONGEST) {
        waiting = all
        return []
      }
      waiting = all.endsWith('\r') ? '\r' : ''
      const plain = (waiting === '' ? all : all.slice(0, -1)).replace(/\r\n?/g, '\n')
      return take(between === '' ? begin(plain) : plain)
    },
    end() {
      const plain = waiting.replace(/\r\n?/g, '\n')
      const rows = take(between === '' ? begin(plain) : plain)
      if (quoted) throw unclosed(number)
      const cut = cell !== '' || cells.length > 0
      return { rows: cut ? [...rows, ...take('\n')] : rows, cut }
    },
  }
}

const [QUOTE, LINE] = [34, 10]

function unclosed(number: number): Error {
  return new Error(`row ${number}: a quote is opened and never closed`)
}

/** A table as text, with a mark at its beginning by which spreadsheets know UTF-8. */
export function writeCsv(rows: string[][]): string {
  return `\uFEFF${rows.map(writeCsvLine).join('')}`
}

/** One row, with its line break. */
export function writeCsvLine(row: string[]): string {
  return `${row.map(written).join(',')}\r\n`
}

function written(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function withoutGuard(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}
