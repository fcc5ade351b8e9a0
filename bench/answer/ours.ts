import { fileURLToPath } from 'node:url'
import type { Article } from '../../src/knowledge/article.ts'
import { ask } from '../../src/knowledge/ask.ts'
import { createIndex } from '../../src/knowledge/index.ts'
import { readLexicon } from '../../src/lexicon-files.ts'
import type { Said } from './question.ts'

export const lexicon = readLexicon(fileURLToPath(new URL('../../flows/knowledge', import.meta.url)))

export function buildOurs(articles: Article[]): (text: string) => Said {
  const index = createIndex(lexicon, articles)
  return text => {
    const { answer, suggest, ranked } = ask(index, text)
    return { answer, suggest, ranked: ranked.map(({ article }) => article) }
  }
}
