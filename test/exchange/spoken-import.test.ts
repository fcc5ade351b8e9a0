import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { articlesIn } from '../../src/exchange/articles.ts'
import { FaultyTable } from '../../src/exchange/faulty-table.ts'
import { importResponses } from '../../src/exchange/responses.ts'
import { spokenNote, spokenRefusal } from '../../src/exchange/spoken-import.ts'
import { Refusal } from '../../src/lib/refusal.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses } from '../helpers/line.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'spoken-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Why a file is not taken in. */
async function whyNot(taking: Promise<unknown>): Promise<Refusal> {
  const why = await taking.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (why instanceof Refusal) return why
  throw new Error('It was taken in.')
}

const ARTICLE = 'id,question,answer,source,as_of,class\n'
const good = 'baik,Apa?,Ini.,Kantor,2026-11-22,local'
const articles = (name: string, text: string) => () => articlesIn(file(name, text))
const RESPONSE = 'form,month,unit,service\n'
const surveys = houses.houses.get('medan')?.surveys ?? {}
const responses = (name: string, text: string) => () =>
  importResponses(db, file(name, text), 'medan', surveys)

it('names every fault by row and column, in Indonesian', async () => {
  const text = `${ARTICLE}${good}\nbaik,,Ini.,Kantor,2026-02-30,local\nlain,Apa?,Ini.,Kantor,2026-11-22,yearly\n`
  const why = await whyNot(articles('satu.csv', text)())
  expect(spokenRefusal(why, 'id').split('\n')).toEqual([
    'Tidak ada yang diimpor. Perbaiki di berkasnya, lalu ulangi:',
    '  baris 3, kolom question: belum diisi',
    '  baris 3, kolom as_of: harus tanggal yang ada di kalender, ditulis seperti 2026-11-21',
    '  baris 4, kolom valid_until: artikel golongan "yearly" memerlukan tanggal akhir',
  ])
  expect(spokenRefusal(why, 'en')).toContain('row 3, column question: is missing')
})

it('says how many more there are', () => {
  const note = { row: 2, column: 'kode', what: 'is missing' }
  const why = new FaultyTable(
    Array.from({ length: 100 }, () => note),
    140,
  )
  expect(spokenRefusal(why, 'id')).toMatch(/\n {2}… dan 40 lagi$/)
  expect(spokenNote(note, 'en')).toBe('row 2, column kode: is missing')
})

describe('tells in Indonesian why nothing of a file was taken in', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['a file that is not there', () => articlesIn(join(folder, 'tidak.csv')), 'tidak.csv tidak ada.'],
    ['a kind that is not read', articles('a.docx', 'x'), 'bukan jenis yang dibaca'],
    ['no article', articles('kosong.csv', ARTICLE), 'Tidak ada artikel'],
    ['no heading', articles('nol.csv', ''), 'Tabelnya kosong'],
    ['a column that is there twice', articles('dua.csv', 'id,id\nx,y\n'), 'kolom "id" ada dua kali'],
    ['broken JSON', articles('b.json', '{'), 'bukan JSON'],
    ['JSON that is no list', articles('c.json', '{}'), 'harus berisi daftar artikel'],
    ['Markdown', articles('d.md', 'tanpa kepala'), 'Perbaiki lalu ulangi'],
    ['no response', responses('r0.csv', RESPONSE), 'Tidak ada jawaban survei'],
    ['a response without its form', responses('r1.csv', `${RESPONSE},2026-11,a,b\n`), 'tanda di lembar'],
    ['a month', responses('r2.csv', `${RESPONSE}1,November,a,b\n`), 'ditulis seperti bulan 2026-11'],
    ['a survey', responses('r3.csv', `survey,form\nlain,1\n`), 'survei "lain" tidak ada'],
    ['a value', responses('r4.csv', `form,biaya\n1,5\n`), '"5" bukan nilai'],
    ['a numbered element', responses('r5.csv', `form,u8\n1,4\n`), 'tulis nama unsurnya'],
    ['a form twice', responses('r6.csv', twice()), 'baris 3, kolom form: "7" sudah ada di baris 2'],
  ])('%s', async (_, taking, told) => {
    const why = await whyNot(taking())
    expect(spokenRefusal(why, 'id')).toContain(told)
    expect(spokenRefusal(why, 'en')).toBe(why.message)
  })
})

/** One form, whole, in two rows. */
function twice(): string {
  const elements = Object.keys(surveys.skm?.elements ?? {})
  const row = ['7', '2026-11', 'a', 'b', ...elements.map(() => '3')].join()
  return `${['form', 'month', 'unit', 'service', ...elements].join()}\n${row}\n${row}\n`
}
