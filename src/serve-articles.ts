import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FiledArticle, readArticleFiles } from './article-files.ts'
import type { Config } from './config.ts'
import { type Problem, showProblem } from './conversation/problem.ts'
import { type Knowledge, openKnowledge } from './knowledge/books.ts'
import type { Lexicon } from './knowledge/lexicon.ts'
import { readLexicon } from './lexicon-files.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { loadArticles } from './load-articles.ts'
import type { Db } from './records/db.ts'

type Where = Pick<Config, 'flowsDir' | 'mode'>

/**
 * What these offices know, ready to be asked: new articles of the folder are taken up first. Throws a Refusal that names every
 * problem of every article.
 */
export async function serveArticles(where: Where, db: Db, offices: string[]): Promise<Knowledge> {
  await takeUpArticles(where.flowsDir, db, offices)
  const lexicon = lexiconOf(where.flowsDir)
  const knowledge = openKnowledge({ db, lexicon, examples: where.mode === 'trial' })
  // Not when the first citizen asks: ten thousand articles take seconds.
  for (const office of offices) await knowledge.of(office)
  return knowledge
}

/** New words of the lexicon and new articles of the folder, without a restart; throws a Refusal, and then the old ones go on. */
export async function rereadArticles(
  where: Where,
  db: Db,
  offices: string[],
  knowledge: Knowledge,
): Promise<void> {
  const lexicon = lexiconOf(where.flowsDir)
  await takeUpArticles(where.flowsDir, db, offices)
  knowledge.reword(lexicon)
  for (const office of offices) await knowledge.of(office)
}

/** Takes up new articles of the folder, and names those changed since they were. */
export async function takeUpArticles(flowsDir: string, db: Db, offices: string[]): Promise<void> {
  const { changed } = await loadArticles(db, filedArticles(flowsDir, offices), new Date())
  for (const file of changed) say(`${file}: ${CHANGED}`)
}

const CHANGED =
  'was changed after it had been taken up; the database is the truth. Your move: npm run import -- articles FILE --office ID'

function filedArticles(flowsDir: string, offices: string[]): FiledArticle[] {
  const problems: Problem[] = []
  const filed = readArticleFiles(flowsDir, offices, problems)
  if (problems.length === 0) return filed
  throw new Refusal(
    `The articles are not ready. Your move, file by file:\n${problems.map(one => `  ${showProblem(one)}`).join('\n')}`,
  )
}

/** The words of the domain: the operator's own, or those that came with Balai. */
export function lexiconOf(flowsDir: string): Lexicon {
  const before = lexicons.get(flowsDir)
  if (before !== undefined) return before
  const own = join(flowsDir, 'knowledge')
  const shipped = join(dirname(dirname(fileURLToPath(import.meta.url))), 'flows', 'knowledge')
  const lexicon = readLexicon(existsSync(own) ? own : shipped)
  lexicons.set(flowsDir, lexicon)
  return lexicon
}

/** By folder: articles, vacancies and the model's guard ask for the same one. */
const lexicons = new Map<string, Lexicon>()
