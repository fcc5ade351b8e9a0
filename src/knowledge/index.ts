import type { Article } from './article.ts'
import { createEntry, type Entry } from './entry.ts'
import type { Lexicon } from './lexicon.ts'
import { Postings } from './postings.ts'
import { createSpeller } from './repair.ts'
import { createScratch, type Scratch } from './scratch.ts'
import { createTerms, type Kind, type Terms } from './terms.ts'

/** What a unit weighs by its kind; concepts have a weight of their own beside. */
const WEIGHT: Record<Kind, number> = {
  concept: 1,
  inner: 0.85,
  word: 0.7,
  covered: 0.25,
  faint: 0.1,
  strange: 0.5,
  number: 0.35,
}

/** No term counts as rarer than one in so many articles; so weights are the same for a hundred articles and ten thousand. */
const RAREST = 150

/** The articles of an office, ready to be asked. One process holds one for each office; it is never half changed. */
export type Index = {
  lexicon: Lexicon
  terms: Terms
  /** The known word meant by a misspelt one. */
  mend: (word: string) => string | undefined
  size: () => number
  /** Puts an article in, in place of the one with its id if there is one. */
  put: (article: Article) => void
  remove: (id: string) => void
  entry: (number: number) => Entry | undefined
  postings: (term: number) => Postings | undefined
  /** How much a unit of this kind counts: rare ones more. */
  massOf: (term: number, kind: Kind) => number
  /** One past the highest number of an article. */
  extent: () => { articles: number }
  /** Room for one question at a time; whoever uses it leaves zeros. */
  scratch: Scratch
}

export function createIndex(lexicon: Lexicon, articles: Iterable<Article> = []): Index {
  const terms = createTerms(lexicon.concepts.length)
  const lists: (Postings | undefined)[] = []
  const entries: (Entry | undefined)[] = []
  const numbers = new Map<string, number>()
  const free: number[] = []

  const speller = createSpeller()
  for (const word of lexicon.reader.words) speller.add(word)

  // How rare a term is, worked out when asked for; a changed article makes all of them old.
  let rarities = new Float64Array(0)
  let old = false
  const rarity = (term: number) => {
    if (old || rarities.length < terms.size()) rarities = new Float64Array(terms.size())
    old = false
    const known = rarities[term] ?? 0
    if (known > 0) return known
    const met = Math.max(lists[term]?.sum ?? 0, numbers.size / RAREST)
    const found = Math.log(1 + (numbers.size + 0.5) / (met + 0.5))
    rarities[term] = found
    return found
  }

  const remove = (id: string) => {
    const number = numbers.get(id)
    if (number === undefined) return
    for (const term of entries[number]?.terms ?? []) lists[term]?.take(number)
    for (const word of entries[number]?.unknown ?? []) speller.remove(word)
    entries[number] = undefined
    numbers.delete(id)
    free.push(number)
    old = true
  }

  const put = (article: Article) => {
    const entry = createEntry(lexicon, terms, article)
    remove(article.id)
    const number = free.pop() ?? entries.length
    entries[number] = entry
    numbers.set(article.id, number)
    for (const word of entry.unknown) speller.add(word)
    entry.terms.forEach((term, n) => {
      const list = lists[term] ?? new Postings()
      lists[term] = list
      list.put(number, entry.strengths[n] ?? 0)
    })
    old = true
  }

  const massOf = (term: number, kind: Kind) => {
    const own = kind === 'concept' || kind === 'inner' ? (lexicon.concepts[term]?.weight ?? 1) : 1
    return own * WEIGHT[kind] * rarity(term)
  }

  for (const article of articles) put(article)
  return {
    mend: speller.nearest,
    lexicon,
    terms,
    size: () => numbers.size,
    put,
    remove,
    entry: number => entries[number],
    postings: term => lists[term],
    massOf,
    scratch: createScratch(),
    extent: () => ({ articles: entries.length }),
  }
}
