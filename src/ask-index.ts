import { commandLine } from './command-line.ts'
import { asGiven, whyGiven } from './knowledge/as-given.ts'
import { ask } from './knowledge/ask.ts'
import { createIndex } from './knowledge/index.ts'
import { why } from './knowledge/why.ts'
import { officeArticles } from './office-articles.ts'
import { readArticlesFile } from './read-articles-file.ts'
import { lexiconOf } from './serve-articles.ts'

const USAGE = `npm run -s ask -- [--office ID | --articles FILE]     questions on stdin, answers on stdout
npm run ask:why -- "QUESTION" [--office ID | --articles FILE]     what was understood, and why an article was chosen or not`

/** What `ask` and `ask:why` were told to ask, and what else stood on the command line. */
export type Asking = {
  ask(text: string): ReturnType<typeof ask>
  why(text: string): string[]
  rest: string[]
}

/** A file of articles and nothing else, or what an office would tell today. */
export async function openAsking(): Promise<Asking> {
  const { values, positionals: rest } = commandLine(USAGE, {
    allowPositionals: true,
    options: { articles: { type: 'string' }, office: { type: 'string' } },
  })
  const lexicon = lexiconOf(process.env.FLOWS_DIR ?? 'flows')
  if (values.articles !== undefined) {
    const index = createIndex(lexicon, readArticlesFile(values.articles))
    return { ask: text => ask(index, text), why: text => why(index, text), rest }
  }
  const { articles, day } = await officeArticles(values.office)
  const index = createIndex(lexicon, articles.values())
  return {
    ask: text => asGiven(ask(index, text), articles, day),
    why: text => [...why(index, text), ...whyGiven(ask(index, text), articles, day)],
    rest,
  }
}
