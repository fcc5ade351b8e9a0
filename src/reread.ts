import type { Config } from './config.ts'
import type { Knowledge } from './knowledge/books.ts'
import { faultOf, type Log } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import type { Houses } from './offices/open-houses.ts'
import type { Db } from './records/db.ts'
import { archiveFlows } from './records/flow-versions.ts'
import { rereadArticles } from './serve-articles.ts'

type Parts = { config: Config; offices: Houses; knowledge: Knowledge; db: Db; log: Log }

/** New words without a restart: flows, articles and lexicon. What cannot be read or noted down leaves the old ones running. */
export function reread({ config, offices, knowledge, db, log }: Parts): void {
  const flows = async () => archiveFlows(db, await offices.reload())
  const articles = () => rereadArticles(config, db, [...offices.houses.keys()], knowledge)
  void flows().catch(error => log.error('flows were reloaded, but not archived', faultOf(error)))
  void articles().catch(error => {
    if (error instanceof Refusal) process.stderr.write(`${error.message}\n`)
    log.error('articles and lexicon were not taken up anew; the old ones are answered with', faultOf(error))
  })
}
