import { readDay, readMoment, readZone } from './read-moment.ts'

/** Something about one cell: what is wrong with it, or only strange. */
export type Note = { row: number; column: string; what: string }

/** What a row is read with. Days and moments are those of the office unless a row names a zone. */
export type Reading = {
  zone: string
  today: string
  faults: { push(note: Note): void }
  warnings: { push(note: Note): void }
}

/** What would run when a spreadsheet is opened. "- Daftar" and "+62 812" are text. */
const FORMULA = /^[=@]|^[+-].*[(|!]/s

/** How tables write that there is nothing. */
const NOTHING = new Set(['', '-', '–', '—'])

/**
 * Reads the cells of one row by the names of their columns. What is wrong is noted with row and column, and something harmless is given
 * instead, so that all that is wrong in a row is told at once.
 */
export class RowReader {
  readonly row: number
  readonly #cells: ReadonlyMap<string, string>
  readonly #reading: Reading
  readonly #failed = new Set<string>()

  constructor(row: number, cells: ReadonlyMap<string, string>, reading: Reading) {
    this.row = row
    this.#cells = cells
    this.#reading = reading
  }

  get today(): string {
    return this.#reading.today
  }

  fault(column: string, what: string): void {
    this.#failed.add(column)
    this.#reading.faults.push({ row: this.row, column, what })
  }

  warn(column: string, what: string): void {
    this.#reading.warnings.push({ row: this.row, column, what })
  }

  /** The cell, or null where nothing stands. */
  optional(column: string, most = 2000): string | null {
    const text = (this.#cells.get(column) ?? '').trim()
    if (NOTHING.has(text)) return null
    if (FORMULA.test(text)) {
      this.fault(column, 'is a formula; write what it comes to')
      return null
    }
    if (hasControls(text)) this.fault(column, 'has letters that nobody can see; write it anew')
    if (text.length > most) this.fault(column, `has ${text.length} letters; ${most} at most`)
    return text
  }

  text(column: string, most = 300): string {
    const text = this.optional(column, most)
    if (text === null && !this.failed(column)) this.fault(column, 'is missing')
    return text ?? ''
  }

  /** A whole number; amounts may have dots and Rp: "Rp5.000.000". */
  number(column: string, least: number, most: number): number | null {
    const text = this.optional(column)
    if (text === null) return null
    const plain = text.replace(/^rp\.?\s*/i, '').replace(/,0+$/, '')
    const number = /^\d{1,3}(\.\d{3})+$/.test(plain) ? Number(plain.replaceAll('.', '')) : Number(plain)
    if (!Number.isInteger(number) || number < least || number > most) {
      this.fault(column, `"${shown(text)}" should be a whole number from ${least} to ${most}`)
      return null
    }
    return number
  }

  /** One of these words, whatever their case. */
  oneOf<Value extends string>(column: string, words: Record<string, Value>, without?: Value): Value {
    const text = this.optional(column)
    if (text === null && without !== undefined) return without
    const value = Object.entries(words).find(([word]) => word === text?.toLowerCase().trim())?.[1]
    if (value !== undefined) return value
    const known = Object.keys(words).join(', ')
    if (!this.failed(column))
      this.fault(
        column,
        text === null ? `is missing; one of ${known}` : `"${shown(text)}" is none of ${known}`,
      )
    return without ?? (Object.values(words)[0] as Value)
  }

  /** Parts of a list: on lines of their own, or with semicolons between. */
  list(column: string): string[] {
    const parts = (this.optional(column, 4000) ?? '').split(/[\n;]/).map(part => part.trim())
    return [...new Set(parts.filter(part => !NOTHING.has(part)))]
  }

  zone(column: string): string {
    const text = this.optional(column)
    const zone = text === null ? this.#reading.zone : readZone(text)
    if (zone === undefined)
      this.fault(column, `"${shown(text ?? '')}" is no zone; WIB, WITA, WIT or such as Asia/Jakarta`)
    return zone ?? this.#reading.zone
  }

  /** A day up to today, as that on which something was read. */
  past(column: string): string {
    const text = this.text(column)
    const day = readDay(text)
    if (text !== '' && day === undefined)
      this.fault(column, `"${shown(text)}" is no day such as 2026-12-10 or 10 Desember 2026`)
    if (day !== undefined && day > this.today) this.fault(column, `${day} has not come yet`)
    return day ?? this.today
  }

  /** A moment in ISO 8601; of a day without a time the first minute, or the last with `end`. */
  moment(column: string, zone: string, end = false): string {
    return this.optionalMoment(column, zone, end) ?? this.#missing(column)
  }

  optionalMoment(column: string, zone: string, end = false): string | null {
    const text = this.optional(column)
    if (text === null) return null
    const at = readMoment(text, zone, end)
    if (at === undefined)
      this.fault(
        column,
        `"${shown(text)}" is no moment such as 2026-12-10 23:59 or 10 Desember 2026 pukul 23.59`,
      )
    return at?.toISOString() ?? null
  }

  link(column: string): string | null {
    const text = this.optional(column)
    if (text === null || /^https:\/\/[^\s/]+\.[^\s]+$/.test(text)) return text
    this.fault(column, `"${shown(text)}" should be an address that begins with https://`)
    return null
  }

  #missing(column: string): string {
    if (!this.failed(column)) this.fault(column, 'is missing')
    return `${this.today}T00:00:00.000Z`
  }

  /** Whether something in this row is wrong, or in that column of it. */
  failed(column?: string): boolean {
    return column === undefined ? this.#failed.size > 0 : this.#failed.has(column)
  }
}

/** Line breaks and tabs are letters of a cell; anything else below the space is damage. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFD]/.test(text)
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
