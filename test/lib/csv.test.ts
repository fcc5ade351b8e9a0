import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCsvReader, readCsv, writeCsv } from '../../src/lib/csv.ts'

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'a,b',
    'a;b',
    'di "sini"',
    '"',
    '""',
    'baris\nkedua',
    'x\r\ny',
    '=1+1',
    "'-",
    '+62 812',
    ' ',
    '',
  ),
)
/** What is read back: line breaks of one kind, and empty rows left out. */
const asRead = (rows: string[][]) =>
  rows
    .map(row => row.map(one => one.replace(/\r\n?/g, '\n')))
    .filter(row => row.some(one => one.trim() !== ''))

/** A spreadsheet takes a leading apostrophe for its own mark, so no text that begins with one in front of a formula comes back. */
const isPlain = (row: string[]) => row.every(one => !/^'[=+\-@\t\r]/.test(one) && !one.startsWith('\uFEFF'))

describe('a table as text', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), rows => {
        const plain = [['satu', 'dua'], ...rows.filter(isPlain)]
        expect(readCsv(writeCsv(plain)).map(({ cells }) => cells)).toEqual(asRead(plain))
      }),
    )
  })

  it('reads the same however it is cut into pieces', () => {
    const text = writeCsv([
      ['kode', 'kata'],
      ['1', 'kata "dalam" kutip,\r\ndan baris'],
      ['2', ''],
      ['3', 'é, ü; 漢'],
    ])
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 8 }), cuts => {
        const reader = createCsvReader()
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
        const rows = places.slice(1).flatMap((end, n) => reader.push(text.slice(places[n], end)))
        expect([...rows, ...reader.end().rows]).toEqual(readCsv(text))
      }),
    )
  })

  it('tells a last row that has no line break behind it', () => {
    const ends = (text: string) => {
      const reader = createCsvReader()
      reader.push(text)
      return reader.end().cut
    }
    expect(ends('a,b\n1,2\n')).toBe(false)
    expect(ends('a,b\n1,2')).toBe(true)
  })

  it('names the row of a quote that is never closed', () => {
    expect(() => readCsv('a,b\n1,"2\n3,4\n')).toThrow('row 2: a quote is opened and never closed')
  })
})
