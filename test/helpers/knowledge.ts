import { openKnowledge } from '../../src/knowledge/books.ts'
import { readLexicon } from '../../src/lexicon-files.ts'
import { type ArticleContent, changeArticles } from '../../src/records/articles.ts'
import { type Db, transaction } from '../../src/records/db.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { fakePlatform, type TestLine, testLine } from './line.ts'

export const lexicon = readLexicon('flows/knowledge')

/** When articles of tests were written. */
const WRITTEN = new Date('2026-11-20T02:00:00Z')

export function article(more: Partial<ArticleContent>): ArticleContent {
  return {
    question: 'Berapa biaya seleksi CPNS?',
    alternatives: [],
    answer: 'Seleksi CPNS tidak dipungut biaya.',
    tags: [],
    source: 'Permen contoh',
    as_of: '2026-01-02',
    valid_until: null,
    class: 'law',
    checked_by: null,
    link: null,
    owner: null,
    ...more,
  }
}

export type Articles = Record<string, Partial<ArticleContent>>

/** Articles of Lhokseumawe, or of all when `office` is null; each a change of its own. */
export function write(db: Db, articles: Articles, office: string | null = 'lhokseumawe'): Promise<void> {
  const changes = Object.entries(articles).map(([id, more]) => ({ office, id, content: article(more) }))
  return transaction(db, client => changeArticles(client, changes, { name: 'test', at: WRITTEN }))
}

/** The line of a test that knows these articles. */
export async function knowingLine(db: Db, articles: Articles): Promise<TestLine> {
  await write(db, articles)
  const knowledge = openKnowledge({ db, lexicon, examples: true })
  return testLine(db, makeKeyring(), fakePlatform('telegram'), knowledge)
}
