import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArticleFiles } from '../../src/article-files.ts'
import { articlesTable, importArticles } from '../../src/exchange/articles.ts'
import { FORMATS, writeTable } from '../../src/exchange/write-table.ts'
import { loadArticles } from '../../src/load-articles.ts'
import { changeArticles } from '../../src/records/articles.ts'
import { transaction } from '../../src/records/db.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'articles-'))
const file = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const changes = async () =>
  (await db.pool.query<{ n: number }>('select count(*)::int as n from article_changes')).rows[0]?.n
const HEADING = 'id,question,answer,source,as_of,valid_until,class\n'

describe('the folder', () => {
  it('is taken up once; a file changed later is named, and the database stays the truth', async () => {
    const filed = readArticleFiles('flows', ['medan'], [])
    expect(await loadArticles(db, filed, new Date())).toEqual({ added: filed.length, changed: [] })
    expect(await loadArticles(db, filed, new Date())).toEqual({ added: 0, changed: [] })
    const [first, ...rest] = filed
    if (first === undefined) throw new Error('there are no articles')
    const newer = { ...first, article: { ...first.article, answer: 'Lain.' } }
    expect(await loadArticles(db, [newer, ...rest], new Date())).toEqual({ added: 0, changed: [first.file] })
    expect((await articlesTable(db, 'medan')).rows.flat()).not.toContain('Lain.')
  })
})

describe('what was exported', () => {
  it.each(FORMATS)('as %s is imported without a change', async format => {
    const table = await articlesTable(db, 'medan')
    const before = await changes()
    const path = file(`all.${format}`, await writeTable(table, format))
    expect(await importArticles(db, path, 'medan')).toEqual({ read: table.rows.length, changed: 0 })
    expect(await changes()).toBe(before)
  })

  it('keeps phrasings apart: neither the file without them nor the one with them changes anything', async () => {
    const path = 'flows/articles/cara-lapor.md'
    const phrasing = { office: 'medan', id: 'cara-lapor', phrasing: 'ngadu ke mana nih' }
    await transaction(db, client => changeArticles(client, [phrasing], { name: 'Rina', at: new Date() }))
    expect(await importArticles(db, path, 'medan')).toEqual({ read: 1, changed: 0 })
    const exported = file('with.json', await writeTable(await articlesTable(db, 'medan'), 'json'))
    expect((await importArticles(db, exported, 'medan')).changed).toBe(0)
  })
})

describe('an import', () => {
  it("is the office's own, every version kept, and the same again changes nothing", async () => {
    const path = file('one.csv', `${HEADING}baru-satu,Apa itu?,Ini.,Kantor,2026-11-22,,local\n`)
    expect(await importArticles(db, path, 'medan')).toEqual({ read: 1, changed: 1 })
    expect(await importArticles(db, path, 'medan')).toEqual({ read: 1, changed: 0 })
    // As an Indonesian spreadsheet writes it, with line breaks in a cell.
    const again = file(
      'two.csv',
      '\uFEFFid;question;alternatives;answer;source;as_of;class\r\nbaru-satu;Apa itu?;"Itu apa\nApa sih";"Ini; ya.";Kantor;2026-11-22;local\r\n',
    )
    expect(await importArticles(db, again, 'medan')).toEqual({ read: 1, changed: 1 })
    const { rows } = await db.pool.query(
      `select content->>'answer' as answer, content->'alternatives' as ways, changed_by from article_changes
       where article_id = 'baru-satu' and office = 'medan' order by number`,
    )
    expect(rows).toEqual([
      { answer: 'Ini.', ways: [], changed_by: 'import' },
      { answer: 'Ini; ya.', ways: ['Itu apa', 'Apa sih'], changed_by: 'import' },
    ])
  })

  it('with one bad row brings in nothing, and names each by row and column', async () => {
    const before = await changes()
    const path = file(
      'bad.csv',
      `${HEADING}baik,Apa?,Ya.,Kantor,2026-11-22,,local\nBuruk Id,Apa?,,Kantor,2026-02-30,,hukum\nbaik,Apa?,Ya.,Kantor,2026-11-22,,yearly\n`,
    )
    const refused = await importArticles(db, path, 'medan').catch((error: Error) => error.message)
    for (const where of [
      'row 3, column id:',
      'row 3, column answer: is missing',
      'row 3, column as_of:',
      'row 3, column class:',
      'row 4, column valid_until:',
      'row 4, column id: "baik" stands in row 2 already',
    ])
      expect(refused).toContain(where)
    expect(await changes()).toBe(before)
  })

  it.each([
    [
      'a table with a column nobody knows',
      'x.csv',
      'id,jawaban\na,b\n',
      'column jawaban: there is no such column',
    ],
    ['an open quote', 'q.csv', 'id,question\na,"b\n', 'a quote is opened and never closed'],
    ['no list', 'o.json', '{"id":"a"}', 'should be a list of articles'],
    ['no JSON', 'n.json', '[', 'is no JSON'],
    ['no workbook', 'w.xlsx', 'PK not at all', 'cannot be read as a table'],
    ['nothing in it', 'e.csv', '', 'the table is empty'],
    ['a name of no kind', 'a.txt', '', 'is of no kind that is read here'],
    ['no front matter', 'm.md', 'Halo', 'an article begins with ---'],
  ])('of %s says so', async (_, name, text, told) => {
    await expect(importArticles(db, file(name, text), 'medan')).rejects.toThrow(told)
  })
})

it('never lets a cell run as a formula on the desk of whoever opens it', async () => {
  const rows = [['=HYPERLINK("http://x")', '-1', 'biasa']]
  const csv = (await writeTable({ columns: ['a', 'b', 'c'], rows }, 'csv')).toString()
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")",'-1,biasa`)
})
