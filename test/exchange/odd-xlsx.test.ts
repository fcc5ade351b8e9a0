import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type FileRow, rowsInFile } from '../../src/exchange/rows-in-file.ts'
import { storedZip } from '../helpers/stored-zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'balai-odd-xlsx-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function rowsOf(sheet: string) {
  const path = join(folder, 'odd.xlsx')
  writeFileSync(
    path,
    storedZip({
      'xl/workbook.xml': '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    }),
  )
  const rows: FileRow[] = []
  for await (const row of rowsInFile(path)) rows.push(row)
  return rows
}

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`

it('numbers rows whose own number is none', async () => {
  const rows = await rowsOf(`<row r="3">${cell('a')}</row><row r="rows">${cell('b')}</row>`)
  expect(rows.map(({ number }) => number)).toEqual([3, 4])
})

it('takes a name nobody knows for the text it is, and nothing a text cannot hold', async () => {
  const [row] = await rowsOf(`<row>${cell('&constructor;&amp;&#0;&#xD800;&#65;')}</row>`)
  expect(row?.cells).toEqual(['&constructor;&A'])
})
