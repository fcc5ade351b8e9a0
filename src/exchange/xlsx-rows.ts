import type { Readable } from 'node:stream'
import { openZip, type Zip } from '../lib/zip.ts'
import { TextStore } from './text-store.ts'
import { type DateStyles, dateStyles } from './xlsx-dates.ts'

/** A spreadsheet that unpacks to more is a bomb, or ten times the largest that is taken. */
const MOST_UNPACKED = 600 * 1024 * 1024
/** More letters than a row of text holds. */
const LONGEST = 4 * 1024 * 1024
/** Of the parts that are read whole: some tens of kilobytes, and megabytes where every cell has a style of its own. */
const LONGEST_PART = 16 * 1024 * 1024
/** Letters of all shared texts, which are held at once: fifty thousand vacancies have some ten million. */
const MOST_SHARED = 64 * 1024 * 1024

/**
 * The rows of the first sheet of an XLSX file, one by one: 50,000 rows at once would take half a gigabyte. Days come as 2026-12-10,
 * moments as 2026-12-10 23:59, formulas as `=…`. Throws when the file is none, or half of one.
 */
export async function* xlsxRows(path: string): AsyncGenerator<{ number: number; cells: string[] }> {
  const zip = await openZip(path)
  const budget = { left: MOST_UNPACKED }
  const workbook = await whole(zip, 'xl/workbook.xml', budget)
  if (workbook === undefined) throw new Error('it is no XLSX file')
  const sheet = await sheetName(zip, workbook, budget)
  const styles = dateStyles((await whole(zip, 'xl/styles.xml', budget)) ?? '', workbook)
  const shared = await sharedStrings(zip, budget)
  const stream = await zip.read(sheet)
  if (stream === undefined) throw new Error('its first sheet is missing')
  let last = 0
  for await (const row of elements(stream, 'row', budget)) {
    const said = Number(attribute(row.head, 'r') ?? last + 1)
    const number = Number.isSafeInteger(said) && said > 0 ? said : last + 1
    last = number
    const cells = cellsOf(row.inner, shared, styles)
    if (cells.some(cell => cell !== '')) yield { number, cells }
  }
}

async function sheetName(zip: Zip, workbook: string, budget: { left: number }): Promise<string> {
  const id = attribute(/<(?:\w+:)?sheet\b[^<>]*>/.exec(workbook)?.[0] ?? '', 'r:id')
  const links = (await whole(zip, 'xl/_rels/workbook.xml.rels', budget)) ?? ''
  const link = [...links.matchAll(/<Relationship\b[^<>]*>/g)].find(([one]) => attribute(one, 'Id') === id)
  const target = attribute(link?.[0] ?? '', 'Target') ?? 'worksheets/sheet1.xml'
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** Texts are kept once and numbered; cells name the number. Where letters have styles, a text stands in parts. */
async function sharedStrings(zip: Zip, budget: { left: number }): Promise<TextStore> {
  const strings = new TextStore()
  const stream = await zip.read('xl/sharedStrings.xml')
  if (stream === undefined) return strings
  let letters = 0
  for await (const { inner } of elements(stream, 'si', budget)) {
    const text = textsIn(inner)
    // A text costs something even when it is none.
    letters += text.length + 16
    if (letters > MOST_SHARED) throw new Error('it holds more texts than are read here; send it in parts')
    strings.push(text)
  }
  return strings
}

/** `<t>` parts, but none of how a word is read aloud. */
function textsIn(xml: string): string {
  const spoken = xml.includes('<rPh') ? xml.replace(/<rPh\b(?:(?!<rPh\b)[\s\S])*?<\/rPh>/g, '') : xml
  return [...spoken.matchAll(/<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<\/(?:\w+:)?t>/g)]
    .map(([, text = '']) => unescaped(text))
    .join('')
}

// An element's head holds no `<`, a text neither, and no cell a cell: so one that never ends ends where the next begins.
const CELL = /<(?:\w+:)?c\b([^<>]*?)(?:\/>|>([^<]*(?:<(?!\/?(?:\w+:)?c\b)[^<]*)*?)<\/(?:\w+:)?c>)/g

function cellsOf(row: string, shared: TextStore, styles: DateStyles): string[] {
  const cells: string[] = []
  for (const [, head = '', inner = ''] of row.matchAll(CELL)) {
    const column = columnOf(attribute(head, 'r')) ?? cells.length
    if (column > 500) throw new Error('it has more than 500 columns')
    while (cells.length < column) cells.push('')
    cells.push(cellValue(head, inner, shared, styles))
  }
  return cells
}

function cellValue(head: string, inner: string, shared: TextStore, styles: DateStyles): string {
  const formula = /<(?:\w+:)?f\b[^<>]*?(?:\/>|>([^<]*)<\/(?:\w+:)?f>)/.exec(inner)
  if (formula !== null) return `=${unescaped(formula[1] ?? '')}`
  const type = attribute(head, 't')
  if (type === 'inlineStr') return textsIn(inner)
  const value = unescaped(/<(?:\w+:)?v[^<>]*>([^<]*)<\/(?:\w+:)?v>/.exec(inner)?.[1] ?? '')
  if (type === 's') return shared.get(Number(value)) ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (value === '' || (type !== undefined && type !== 'n')) return value
  return styles.written(Number(attribute(head, 's') ?? 0), value)
}

/** "AB12" → 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]+/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function attribute(head: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(` ${head}`)?.[1]
}

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
)

function unescaped(text: string): string {
  const plain = text.includes('&')
    ? text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
        if (name !== undefined) return NAMED.get(name) ?? all
        const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        // Nothing that no text may hold: NUL, and half of a pair.
        const isLetter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
        return isLetter ? String.fromCodePoint(point) : ''
      })
    : text
  return plain.includes('_x') ? plain.replace(/_x000D_/g, '\r') : plain
}

async function whole(zip: Zip, name: string, budget: { left: number }): Promise<string | undefined> {
  const stream = await zip.read(name)
  if (stream === undefined) return undefined
  let text = ''
  for await (const piece of decoded(stream, budget)) {
    text += piece
    if (text.length > LONGEST_PART) throw new Error('one of its parts is larger than any table has')
  }
  return text
}

async function* decoded(stream: Readable, budget: { left: number }): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const piece of stream as AsyncIterable<Buffer>) {
    budget.left -= piece.length
    if (budget.left < 0) throw new Error('it unpacks to more than is read here; save it as CSV')
    yield decoder.decode(piece, { stream: true })
  }
}

/** Each element of that name, as its head and what stands inside; all that stands between them falls away. */
async function* elements(
  stream: Readable,
  name: string,
  budget: { left: number },
): AsyncGenerator<{ head: string; inner: string }> {
  const element = new RegExp(
    `<((?:\\w+:)?${name})\\b([^<>]*?)(?:/>|>([^<]*(?:<(?!/?\\1\\b)[^<]*)*?)</\\1>)`,
    'g',
  )
  let [text, looked] = ['', 0]

  function* ended(): Generator<{ head: string; inner: string }> {
    let end = 0
    element.lastIndex = 0
    for (let found = element.exec(text); found !== null; found = element.exec(text)) {
      end = element.lastIndex
      yield { head: found[2] ?? '', inner: found[3] ?? '' }
    }
    text = text.slice(end)
    looked = text.length
  }

  for await (const piece of decoded(stream, budget)) {
    text += piece
    // One that has not ended is looked at again when as much has come as there was: looking at each piece would square.
    if (text.length < 2 * looked && text.length <= LONGEST) continue
    yield* ended()
    if (text.length > LONGEST) throw new Error('one of its rows is larger than any table has')
  }
  yield* ended()
}
