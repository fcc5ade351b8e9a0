import type { Config } from './config.ts'
import type { Knowledge } from './knowledge/books.ts'
import { faultOf, type Log } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import type { Houses } from './offices/open-houses.ts'
import type { Db } from './records/db.ts'
import { archiveFlows } from './records/flow-versions.ts'
import { rereadArticles } from './serve-articles.ts'
import { readingOf } from './serve-vacancies.ts'
import type { Vacancies } from './vacancies/books.ts'

type Parts = {
  config: Config
  offices: Houses
  knowledge: Knowledge
  vacancies: Vacancies
  db: Db
  log: Log
}

/** New words without a restart: flows, articles, lexicon, and how education is called. What cannot be read or noted down leaves the old ones running. */
export function reread({ config, offices, knowledge, vacancies, db, log }: Parts): void {
  const flows = async () => archiveFlows(db, await offices.reload())
  const articles = () => rereadArticles(config, db, [...offices.houses.keys()], knowledge)
  void flows().catch(error => log.error('flows were reloaded, but not archived', faultOf(error)))
  void articles().catch(told('articles and lexicon were not taken up anew; the old ones are answered with'))
  const education = async () => vacancies.reread(readingOf(config.flowsDir))
  void education().catch(told('how education is called was not taken up anew; the old file is read by'))

  function told(what: string) {
    return (error: unknown) => {
      if (error instanceof Refusal) say(error.message)
      log.error(what, faultOf(error))
    }
  }
}
