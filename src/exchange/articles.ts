import { readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { readArticleFolder } from '../article-files.ts'
import { type Problem, showProblem } from '../conversation/problem.ts'
import { readArticle } from '../knowledge/article-file.ts'
import { ArticleRow, faultOf, type IdentifiedArticle } from '../knowledge/article-shape.ts'
import { inOrder, isSame } from '../knowledge/same-article.ts'
import { Refusal } from '../lib/refusal.ts'
import { ArticleHistory, type KeptArticle } from '../records/article-history.ts'
import { changeArticles, changesSince } from '../records/articles.ts'
import { type Db, type Queryable, transaction } from '../records/db.ts'
import { FaultyTable } from './faulty-table.ts'
import { readTable } from './read-table.ts'
import type { Note } from './row-reader.ts'
import type { Row, Table } from './table.ts'

export const ARTICLE_COLUMNS = [
  'id',
  'question',
  'alternatives',
  'answer',
  'tags',
  'source',
  'as_of',
  'valid_until',
  'class',
  'checked_by',
  'link',
  'owner',
] as const

/** Columns whose cell holds a list, one part a line. */
const LISTS: ReadonlySet<string> = new Set(['alternatives', 'tags'])

/** The articles an office serves: its own, and those shared by all. */
export async function articlesTable(db: Db, office: string): Promise<Table> {
  const history = await historyOf(db.pool, office)
  const articles = history
    .ids()
    .toSorted()
    .flatMap(id => history.get(id) ?? [])
  return {
    columns: [...ARTICLE_COLUMNS],
    rows: articles.map(article => ARTICLE_COLUMNS.map(name => cellOf(article[name]))),
  }
}

function cellOf(value: KeptArticle[(typeof ARTICLE_COLUMNS)[number]]): string {
  return Array.isArray(value) ? value.join('\n') : (value ?? '')
}

/**
 * Takes articles of a file or folder as the office's own; all of them, or none and a Refusal that lists every fault. Those that are as
 * they were stay untouched, so that a second import changes nothing.
 */
export async function importArticles(
  db: Db,
  path: string,
  office: string,
): Promise<{ read: number; changed: number }> {
  const articles = await articlesIn(path)
  return transaction(db, async client => {
    const history = await historyOf(client, office)
    const changed = articles.filter(article => {
      // As it was written, or with the phrasings added since, as an export has it.
      const known = [history.written(article.id), history.get(article.id)]
      return !known.some(now => now !== undefined && isSame(now, article))
    })
    await changeArticles(
      client,
      changed.map(article => ({ office, id: article.id, content: inOrder(article) })),
      { name: 'import', at: new Date() },
    )
    return { read: articles.length, changed: changed.length }
  })
}

export async function historyOf(on: Queryable, office: string): Promise<ArticleHistory> {
  const history = new ArticleHistory()
  for (const change of await changesSince(on, office, 0)) history.take(change)
  return history
}

/** The articles of a file or folder; a FaultyTable or, of Markdown, a Refusal that lists every fault. */
export async function articlesIn(path: string): Promise<IdentifiedArticle[]> {
  const problems: Problem[] = []
  const faults: Note[] = []
  const articles = await read(path, problems, faults)
  if (faults.length > 0) throw new FaultyTable(faults, faults.length)
  if (problems.length > 0)
    throw new Refusal(
      `Nothing was imported. Your move:\n${problems.map(one => `  ${showProblem(one)}`).join('\n')}`,
    )
  if (articles.length === 0) throw new Refusal(`There is no article in ${path}.`)
  return articles
}

async function read(path: string, problems: Problem[], faults: Note[]): Promise<IdentifiedArticle[]> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    return readArticleFolder(path, problems).map(({ article }) => article)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new Refusal(`There is no file or folder ${path}.`)
  switch (extname(path).toLowerCase()) {
    case '.md': {
      const article = readArticle(path, readFileSync(path, 'utf8'), problems)
      return article === undefined ? [] : [article]
    }
    case '.json':
      return checked(rowsOfJson(path), faults)
    case '.csv':
    case '.xlsx':
      return checked((await readTable(path)).map(withLists), faults)
    default:
      throw new Refusal(
        `${path} is of no kind that is read here: .md, a folder of them, .json, .csv or .xlsx.`,
      )
  }
}

type Given = { number: number; data: Record<string, unknown> }

function rowsOfJson(path: string): Given[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Refusal(`${path} is no JSON: ${error.message}`)
  }
  if (!Array.isArray(parsed)) throw new Refusal(`${path} should be a list of articles: [{"id": …}, …]`)
  return parsed.map((data, n) => ({ number: n + 1, data: listed(Object(data)) }))
}

function withLists({ number, cells }: Row): Given {
  return { number, data: listed(cells) }
}

/** A list written as text, one part a line, as the list it is. */
function listed(data: Record<string, unknown>): Record<string, unknown> {
  const parts = (text: string) =>
    text
      .split('\n')
      .map(part => part.trim())
      .filter(part => part !== '')
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      LISTS.has(name) && typeof value === 'string' ? parts(value) : value,
    ]),
  )
}

function checked(rows: Given[], faults: Note[]): IdentifiedArticle[] {
  const seen = new Map<string, number>()
  return rows.flatMap(({ number, data }) => {
    const fault = (column: string, what: string) => void faults.push({ row: number, column, what })
    const article = ArticleRow.safeParse(data, { reportInput: true })
    if (!article.success) {
      for (const issue of article.error.issues) {
        if (issue.code === 'unrecognized_keys') {
          for (const key of issue.keys)
            fault(key, `there is no such column; there are ${ARTICLE_COLUMNS.join(', ')}`)
        } else fault(String(issue.path[0]), isMissing(issue.input) ? 'is missing' : issue.message)
      }
      return []
    }
    const wrong = faultOf(article.data)
    const before = seen.get(article.data.id)
    seen.set(article.data.id, number)
    if (wrong !== undefined) fault(wrong.at, wrong.text)
    if (before !== undefined) fault('id', `"${article.data.id}" stands in row ${before} already`)
    return wrong === undefined && before === undefined ? [article.data] : []
  })
}

function isMissing(input: unknown): boolean {
  return input === undefined || input === null || input === ''
}
