import { mkdirSync } from 'node:fs'
import { loadEnvFile, readConfig } from './config.ts'
import { joinRecords } from './database.ts'
import { isExample } from './knowledge/books.ts'
import { localTime } from './lib/local-time.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { openHouses } from './offices/open-houses.ts'
import { ArticleHistory, type KeptArticle } from './records/article-history.ts'
import { changesSince } from './records/articles.ts'
import { takeUpArticles } from './serve-articles.ts'

/** What an office serves today: its articles as the database has them, and its own day. */
export type Served = { office: string; day: string; articles: Map<string, KeptArticle> }

/**
 * The articles of an office (the first, without a name) from the database of a running Balai, or of one started for it. On a new
 * database those of the folder are taken up first.
 */
export async function officeArticles(id: string | undefined): Promise<Served> {
  loadEnvFile()
  const config = readConfig(process.env)
  const log = openLog('error')
  const { houses } = await openHouses(config, log)
  const office = houses.get(id ?? [...houses.keys()][0] ?? '')?.office
  if (office === undefined)
    throw new Refusal(`There is no office ${id}. Your move: one of ${[...houses.keys()].join(', ')}.`)
  mkdirSync(config.dataDir, { recursive: true })
  const records = await joinRecords(config, log)
  try {
    await takeUpArticles(config.flowsDir, records.db, [office.id])
    const history = new ArticleHistory()
    for (const change of await changesSince(records.db.pool, office.id, 0)) history.take(change)
    const served = history
      .ids()
      .flatMap(one => history.get(one) ?? [])
      .filter(article => config.mode === 'trial' || !isExample(article))
    return {
      office: office.id,
      day: localTime(office.zone, new Date()).slice(0, 10),
      articles: new Map(served.map(article => [article.id, article])),
    }
  } finally {
    await records.close()
  }
}
