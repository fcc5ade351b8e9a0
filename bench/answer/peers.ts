/** The peers, each as its documentation would have it used; loaded only when asked for. */
import type { Article } from '../../src/knowledge/article.ts'
import { lexicon } from './ours.ts'
import type { Hits } from './threshold.ts'

export type Peer = (articles: Article[]) => Promise<(text: string) => Hits | Promise<Hits>>

/** Peers know no slang: they are given our usual spelling of each word, on both sides. */
function spelled(text: string): string[] {
  return lexicon.reader.read(text).flatMap(({ word, filler }) => (filler ? [] : [word]))
}

const minisearch: Peer = async articles => {
  const { default: MiniSearch } = await import('minisearch')
  const search = new MiniSearch<Article>({
    fields: ['question', 'alternatives', 'answer', 'tags'],
    tokenize: spelled,
    extractField: (article, field) => String(article[field as keyof Article]),
    searchOptions: { boost: { question: 3, alternatives: 2 }, fuzzy: 0.2, prefix: true },
  })
  search.addAll(articles)
  return text =>
    search
      .search(text)
      .slice(0, 5)
      .map(({ id, score }) => ({ id: String(id), score }))
}

const wink: Peer = async articles => {
  const { default: bm25 } = await import('wink-bm25-text-search')
  const search = bm25()
  search.defineConfig({ fldWeights: { question: 3, alternatives: 2, answer: 1 } })
  search.definePrepTasks([spelled])
  for (const { id, question, alternatives, answer } of articles)
    search.addDoc({ question, alternatives: alternatives.join('. '), answer }, id)
  search.consolidate()
  return text => search.search(text, 5).map(([id, score]) => ({ id, score }))
}

const orama: Peer = async articles => {
  const { create, insertMultiple, search } = await import('@orama/orama')
  const db = create({ schema: { question: 'string', alternatives: 'string[]', answer: 'string' } as const })
  const plain = (text: string) => spelled(text).join(' ')
  await insertMultiple(
    db,
    articles.map(({ id, question, alternatives, answer }) => ({
      id,
      question: plain(question),
      alternatives: alternatives.map(plain),
      answer: plain(answer),
    })),
  )
  return async text => {
    const boost = { question: 3, alternatives: 2 }
    const { hits } = await search(db, { term: plain(text), limit: 5, boost, tolerance: 1 })
    return hits.map(({ id, score }) => ({ id, score }))
  }
}

/** A classifier rather than a search: it names an intent, or None, with its own confidence. */
const nlp: Peer = async articles => {
  const { containerBootstrap, Nlp } = await import('@nlpjs/basic')
  const { LangId } = await import('@nlpjs/lang-id')
  // A container of its own: the default one is shared, and would go on knowing the articles of the set before.
  const container = await containerBootstrap()
  container.use(LangId)
  const learner = new Nlp({ container, languages: ['id'], autoSave: false, nlu: { log: false } })
  for (const { id, question, alternatives } of articles)
    for (const way of [question, ...alternatives]) learner.addDocument('id', spelled(way).join(' '), id)
  await learner.train()
  return async text => {
    const { classifications } = await learner.process('id', spelled(text).join(' '))
    return classifications.slice(0, 5).map(({ intent, score }) => ({ id: intent, score }))
  }
}

/** nlp.js says by itself when it does not know: below one half, or when its intent is None. */
export const DECIDES: Record<string, (hit: Hits[number]) => boolean> = {
  '@nlpjs/basic': ({ id, score }) => id !== 'None' && score >= 0.5,
}

export const PEERS = {
  minisearch,
  'wink-bm25-text-search': wink,
  '@orama/orama': orama,
  '@nlpjs/basic': nlp,
} as const
