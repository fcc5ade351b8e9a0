import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readArticleFiles } from './article-files.ts'
import { commandLine } from './command-line.ts'
import { type Problem, showProblem } from './conversation/problem.ts'
import { checkLexicon } from './lexicon-files.ts'
import { print } from './lib/terminal.ts'
import { readCalendar } from './offices/load-calendar.ts'
import { loadFlows } from './offices/load-flows.ts'
import { officesIn } from './offices/read-office.ts'

const { positionals } = commandLine(
  'npm run flows:check [-- FOLDER]     whether flows, articles, calendars and words can be used',
  { allowPositionals: true },
)
const folder = positionals[0] ?? process.env.FLOWS_DIR ?? 'flows'
const loaded = await loadFlows(folder)
const problems: Problem[] = 'problems' in loaded ? [...loaded.problems] : []
const articles = readArticleFiles(folder, await officesIn(folder), problems)
if (existsSync(join(folder, 'calendars'))) readCalendar(folder, problems)
const lexicon = join(folder, 'knowledge')
if (existsSync(lexicon)) checkLexicon(lexicon, problems)
if ('problems' in loaded || problems.length > 0) {
  for (const problem of problems) print(showProblem(problem))
  process.exitCode = 1
} else {
  print(
    `${loaded.flows} flows, ${articles.length} articles and ${Object.keys(loaded.offices).length} offices are fine.`,
  )
}
