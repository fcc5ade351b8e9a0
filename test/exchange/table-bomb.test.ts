import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readTable } from '../../src/exchange/read-table.ts'
import { writeTable } from '../../src/exchange/write-table.ts'
import { openZip } from '../../src/lib/zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'balai-bomb-'))
const MB = 1024 * 1024
const NAMES = 'http://schemas.openxmlformats.org'

/** A ZIP archive of these texts. */
function zip(files: Record<string, Buffer>): Buffer {
  const [bodies, list]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, bytes] of Object.entries(files)) {
    const [title, packed] = [Buffer.from(name), deflateRawSync(bytes)]
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(bytes.length, 18)
    facts.writeUInt16LE(title.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(at, 10)
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), facts, title, packed])
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, entry, title]))
    bodies.push(body)
    at += body.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(list.length, 8)
  end.writeUInt16LE(list.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, directory, end])
}

/** `more` are further parts, or others in the place of these. */
function sheet(rows: Buffer, more: Record<string, Buffer> = {}): string {
  const path = join(folder, `${rows.length}.xlsx`)
  const xml = (text: string) => Buffer.from(text)
  const file = zip({
    '[Content_Types].xml': xml(
      `<Types xmlns="${NAMES}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${NAMES}/spreadsheetml/2006/main" xmlns:r="${NAMES}/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${NAMES}/package/2006/relationships"><Relationship Id="rId1" Type="${NAMES}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': Buffer.concat([
      xml(`<worksheet xmlns="${NAMES}/spreadsheetml/2006/main"><sheetData>`),
      rows,
      xml('</sheetData></worksheet>'),
    ]),
    ...more,
  })
  writeFileSync(path, file)
  return path
}

const row = (n: number, id: string, text: string) =>
  `<row r="${n}"><c r="A${n}" t="inlineStr"><is><t>${id}</t></is></c><c r="B${n}" t="inlineStr"><is><t>${text}</t></is></c></row>`
const HEADING = row(1, 'id', 'question')

it('reads a small table made the same way, and one a spreadsheet would make', async () => {
  const small = sheet(Buffer.from(HEADING + row(2, 'a', 'Apa itu?')))
  expect(await readTable(small)).toEqual([{ number: 2, cells: { id: 'a', question: 'Apa itu?' } }])
  const path = join(folder, 'made.xlsx')
  writeFileSync(path, await writeTable({ columns: ['id', 'as_of'], rows: [['a', '2026-11-22']] }, 'xlsx'))
  expect(await readTable(path)).toEqual([{ number: 2, cells: { id: 'a', as_of: '2026-11-22' } }])
})

it('refuses a sheet of eight kilobytes that unpacks to eight megabytes of nothing', async () => {
  const path = sheet(Buffer.concat([Buffer.from(HEADING), Buffer.alloc(8 * MB, ' ')]))
  await expect(readTable(path)).rejects.toThrow('cannot be read as a table')
})

it.each(['xl/workbook.xml', 'xl/styles.xml', 'xl/sharedStrings.xml', 'xl/_rels/workbook.xml.rels'])(
  'refuses a book whose %s is a bomb',
  async part => {
    const path = sheet(Buffer.from(HEADING), { [part]: Buffer.alloc(64 * MB, ' ') })
    await expect(readTable(path)).rejects.toThrow('cannot be read as a table')
  },
)

it('gives up a bomb of 42 kB before ten megabytes have come of it', async () => {
  const zeros = Buffer.alloc(41 * MB)
  const path = join(folder, '42.zip')
  writeFileSync(path, zip({ zeros }))
  expect(statSync(path).size).toBeLessThan(43_000)
  let came = 0
  const unpacked = async () => {
    for await (const piece of (await (await openZip(path)).read('zeros')) as AsyncIterable<Buffer>)
      came += piece.length
  }
  await expect(unpacked()).rejects.toThrow('unpacks to more than')
  expect(came).toBeLessThan(10 * MB)
})

it('refuses more texts than there is room for, each of them a small one', async () => {
  const texts = Array.from({ length: 70_000 }, (_, n) => `<si><t>${Math.sin(n)}${'a'.repeat(1_000)}</t></si>`)
  const path = sheet(Buffer.from(HEADING), { 'xl/sharedStrings.xml': Buffer.from(texts.join('')) })
  await expect(readTable(path)).rejects.toThrow('more texts than')
})

it('refuses more rows than there is room for', async () => {
  const rows = Array.from({ length: 35_000 }, (_, n) => row(n + 2, `a${Math.sin(n)}`, 'b'.repeat(1_000)))
  const path = sheet(Buffer.from(HEADING + rows.join('')))
  await expect(readTable(path)).rejects.toThrow('more than is read here')
})

it('reads a row of cells that never end as quickly as one of cells that do', async () => {
  const open = (text: string) => text.repeat(Math.floor((2 * MB) / text.length))
  for (const cells of [open('<c '), open('<c>'), `<c t="inlineStr">${open('<t>')}</c>`]) {
    const path = sheet(Buffer.from(`${HEADING}<row r="2"><c r="A2"><v>1</v></c>${cells}</row>`))
    // None of them is a cell; that it ends at all is what is asked.
    expect(await readTable(path)).toEqual([{ number: 2, cells: { id: '1', question: '' } }])
  }
})
