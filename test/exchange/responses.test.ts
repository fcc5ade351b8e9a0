import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importResponses, responsesTable } from '../../src/exchange/responses.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses } from '../helpers/line.ts'

const { db } = await testDatabase()
const surveys = houses.houses.get('medan')?.surveys ?? {}
const folder = mkdtempSync(join(tmpdir(), 'responses-'))
let n = 0
const take = (text: string) => {
  n += 1
  const path = join(folder, `${n}.csv`)
  writeFileSync(path, text)
  return importResponses(db, path, 'medan', surveys)
}
const COLUMNS =
  'form,month,unit,service,kelamin,sarana,pengaduan,persyaratan,prosedur,waktu,biaya,produk,Kompetensi Pelaksana,perilaku'
const row = (form: string, values = '1,2,3,4,4,4,3,3,4') =>
  `${form},2026-11,Loket 1,Legalisir,Perempuan,${values}`
const count = async () => (await db.pool.query('select 1 from survey_responses')).rowCount

it('takes paper forms once, elements by name wherever their column stands', async () => {
  expect(await take(`${COLUMNS}\n${row('1')}\n${row('2')}\n`)).toEqual({ read: 2, changed: 2 })
  expect(await take(`${COLUMNS}\n${row('1')}\n${row('2')}\n${row('3')}\n`)).toEqual({ read: 3, changed: 1 })
  const { rows } = await db.pool.query(`select values, traits, source, month from survey_responses limit 1`)
  expect(rows).toEqual([
    { values: [3, 4, 4, 4, 3, 3, 4, 1, 2], traits: { kelamin: 'p' }, source: 'paper', month: '2026-11-01' },
  ])
})

it('takes nothing where one value is none, and names row and column', async () => {
  const before = await count()
  await expect(take(`${COLUMNS}\n${row('7')}\n${row('8', '1,2,3,4,4,5,3,3,4')}\n`)).rejects.toThrow(
    /row 3, column biaya: "5" is no value/,
  )
  expect(await count()).toBe(before)
})

it.each([
  [`${COLUMNS}\n${row('9', '1,2,3,4,4,,3,3,4')}\n`, /column biaya: "" is no value/],
  [`${COLUMNS},u8\n${row('9')},4\n`, /column u8: name the element/],
  [`${COLUMNS},nama\n${row('9')},x\n`, /column nama: there is no such column/],
  [`${COLUMNS}\n${row('')}\n`, /column form: is missing/],
  [`${COLUMNS}\n${row('9')}\n${row('9')}\n`, /row 3, column form: "9" stands in row 2 already/],
  [`${COLUMNS}\n${row('1', '4,4,4,4,4,4,4,4,4')}\n`, /in already with other values/],
  [`${COLUMNS}\n`, /no response/],
])('says what is wrong: %#', async (text, why) => {
  const before = await count()
  await expect(take(text)).rejects.toThrow(why)
  expect(await count()).toBe(before)
})

it('gives responses out one by one, without who anybody is', async () => {
  const { columns, rows } = await responsesTable(db, 'medan', { from: '2026-11-01', to: '2026-11-30' })
  expect(columns).toEqual([
    ...['month', 'source', 'channel', 'unit', 'service', 'whole'],
    ...'persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan'.split(' '),
  ])
  expect(rows).toHaveLength(3)
  expect(rows[0]).toEqual(
    ['2026-11', ...Array.from({ length: 4 }, () => '(kelompok kecil)'), 'ya', ...'344433412'].flat(),
  )
})
