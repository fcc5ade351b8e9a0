import { ArticleHistory, type KeptArticle } from '../records/article-history.ts'
import { changesSince, lastChange } from '../records/articles.ts'
import type { Db } from '../records/db.ts'
import { ask, hearAll, type Reply } from './ask.ts'
import { elsewhere } from './elsewhere.ts'
import { createIndex, type Index } from './index.ts'
import type { Lexicon } from './lexicon.ts'
import type { Reading } from './terms.ts'

/** What an office knows: its articles, ready to be asked. */
export type Book = {
  ask(text: string): Reply
  article(id: string): KeptArticle | undefined
  articles(): KeptArticle[]
  /** What a question is about, by names that stay the same: two who ask the same have nearly all in common. */
  matters(text: string): string[]
  /** Who answers for it, when a question is another agency's matter; empty when it is not, or nobody knows. */
  elsewhere(text: string): string
}

/** The books of all offices. */
export type Knowledge = {
  /** The office's book with every change that was committed before: whoever asks next gets the answer staff have just written. */
  of(office: string): Promise<Book>
  /** Understands by these words from the next question on. */
  reword(lexicon: Lexicon): void
}

/** Knows nothing: where no articles are served. */
export const NO_KNOWLEDGE: Knowledge = {
  of: async () => ({
    ask: () => ({ answer: null, suggest: [], confidence: 0, ranked: [] }),
    article: () => undefined,
    articles: () => [],
    matters: () => [],
    elsewhere: () => '',
  }),
  reword: () => undefined,
}

/** `examples`: whether articles marked (contoh) are served; in live mode they are not. */
export function openKnowledge(parts: { db: Db; lexicon: Lexicon; examples: boolean }): Knowledge {
  const { db, examples } = parts
  let { lexicon } = parts
  const shelves = new Map<string, ReturnType<typeof newShelf>>()

  function shelfOf(office: string) {
    const shelf = shelves.get(office) ?? newShelf(lexicon, examples)
    shelves.set(office, shelf)
    return shelf
  }

  return {
    async of(office) {
      const shelf = shelfOf(office)
      // One look-up by the primary key for all who ask at once. Never within the turn's transaction: what it may yet take back must
      // not be answered with.
      if ((await lastChange(db.pool)) > shelf.known())
        shelf.take(await changesSince(db.pool, office, shelf.known()))
      return shelf.book
    },
    reword(words) {
      lexicon = words
      shelves.clear()
    },
  }
}

/** One office's articles and their index, changed in place. Nothing in here waits, so no question meets half a change. */
function newShelf(lexicon: Lexicon, examples: boolean) {
  const history = new ArticleHistory()
  const index = createIndex(lexicon)
  let known = 0
  const served = (id: string) => {
    const article = history.get(id)
    return article !== undefined && (examples || !isExample(article)) ? article : undefined
  }
  return {
    known: () => known,
    take(changes: Awaited<ReturnType<typeof changesSince>>): void {
      const touched = new Set<string>()
      for (const change of changes) {
        // Two may have asked for the same changes at once.
        if (change.number <= known) continue
        touched.add(history.take(change))
        known = change.number
      }
      for (const id of touched) {
        const article = served(id)
        if (article === undefined) index.remove(id)
        else index.put(article)
      }
    },
    book: {
      ask: text => ask(index, text),
      article: served,
      articles: () => history.ids().flatMap(id => served(id) ?? []),
      matters: text => mattersOf(index, text),
      elsewhere: text => elsewhere(index, text),
    } satisfies Book,
  }
}

/** Words in the answer that say somebody has yet to write it. */
export function isExample({ answer }: { answer: string }): boolean {
  return answer.includes('(contoh)')
}

function mattersOf(index: Index, text: string): string[] {
  const [whole] = hearAll(index, text)
  return whole === undefined ? [] : namesOf(index.lexicon, whole.reading)
}

/** Concepts by their id, and the roots of words no concept has; none of a message that insults or gives orders. */
function namesOf({ concepts }: Lexicon, { found, words }: Reading): string[] {
  const role = (concept: number) => concepts[concept]?.role
  if (found.some(({ concept }) => role(concept) === 'refuse')) return []
  const meant = found.filter(({ concept, inner }) => !inner && role(concept) !== 'small')
  const covered = new Set(meant.flatMap(({ places }) => places))
  const loose = words.filter(({ filler, faint }, place) => !filler && !faint && !covered.has(place))
  return [
    ...new Set([
      ...meant.map(({ concept }) => `=${concepts[concept]?.id}`),
      ...loose.map(({ root }) => root),
    ]),
  ]
}
