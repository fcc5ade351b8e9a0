import { formatDay } from '../offices/due-date.ts'
import type { KeptArticle } from '../records/article-history.ts'
import type { Book } from './books.ts'
import { standing } from './staleness.ts'

/**
 * What a question came to. `unconfirmed`: there is an article, but nobody may say today that it is true. `elsewhere`: no article, and
 * it is another agency's matter; `where` names it.
 */
export type Said =
  | { kind: 'answer'; article: string; text: string }
  | { kind: 'suggest'; options: Record<string, string> }
  | { kind: 'unconfirmed'; article: string; title: string; link: string }
  | { kind: 'elsewhere'; where: string }
  | { kind: 'unknown' }

/** `day` is the office's; `language` that of the citizen: articles are in Indonesian, what stands around them need not be. */
export type Asker = { day: string; language: string }

/** The articles' own words, or what else there is to say to a question. The only place where an article becomes an answer. */
export function sayTo(book: Book, text: string, asker: Asker): Said {
  const { answer, also = [], suggest } = book.ask(text)
  if (answer !== null) return sayArticles(book, [answer, ...also], asker)
  const options = suggest.flatMap(id => {
    const article = book.article(id)
    return article === undefined ? [] : [[id, article.question] as const]
  })
  if (options.length > 0) return { kind: 'suggest', options: Object.fromEntries(options) }
  const where = book.elsewhere(text)
  return where === '' ? { kind: 'unknown' } : { kind: 'elsewhere', where }
}

/** These articles, the surest first. What may not be told as a fact is named with the official link instead. */
export function sayArticles(book: Book, ids: string[], asker: Asker): Said {
  const found = ids.flatMap(id => book.article(id) ?? [])
  const [first] = found
  if (first === undefined) return { kind: 'unknown' }
  const facts = found.filter(article => standing(article, asker.day) === 'valid')
  const [fact] = facts
  if (fact === undefined)
    return { kind: 'unconfirmed', article: first.id, title: first.question, link: first.link ?? '' }
  const texts = found.map(article =>
    facts.includes(article) ? withSource(article, asker.language) : notSaid(article, asker.language),
  )
  return { kind: 'answer', article: fact.id, text: texts.join('\n\n') }
}

function withSource({ answer, source, as_of, link }: KeptArticle, language: string): string {
  const en = language === 'en'
  const where = link === null || answer.includes(bare(link)) ? '' : ` ${link}`
  const day = formatDay(as_of, language)
  return `${answer}\n\n${en ? 'Source' : 'Sumber'}: ${source}, ${en ? 'as of' : 'per'} ${day}.${where}`
}

/** One of several questions whose article may not be told. */
function notSaid({ question, link }: KeptArticle, language: string): string {
  const [sentence, see] =
    language === 'en'
      ? ['we cannot confirm today what we have about this.', 'Please see']
      : ['keterangan kami tentang ini belum dipastikan masih berlaku.', 'Silakan lihat']
  return `*${question}*: ${sentence}${link === null ? '' : ` ${see} ${link}`}`
}

/** An address as people write it into a sentence. */
function bare(link: string): string {
  return link.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/$/, '')
}
