import type { Reply } from './ask.ts'
import { isExample } from './books.ts'
import { type Dated, standing } from './staleness.ts'

type Kept = Dated & { id: string; link: string | null; answer: string }

/**
 * A reply as a citizen would get it on that day: an article that may not be told as a fact is no answer, whatever the confidence.
 * `day` is the office's.
 */
export function asGiven(reply: Reply, articles: ReadonlyMap<string, Kept>, day: string): Reply {
  const { answer, also = [], ...rest } = reply
  const may = (id: string) => {
    const article = articles.get(id)
    return article !== undefined && standing(article, day) === 'valid'
  }
  const [first = null, ...others] = [...(answer === null ? [] : [answer]), ...also].filter(may)
  return { ...rest, answer: first, ...(others.length > 0 ? { also: others } : {}) }
}

/** What the house makes of a reply on that day, line by line: which articles it may tell, and why not the others. */
export function whyGiven(reply: Reply, articles: ReadonlyMap<string, Kept>, day: string): string[] {
  const named = [...(reply.answer === null ? [] : [reply.answer]), ...(reply.also ?? []), ...reply.suggest]
  return named.flatMap(id => {
    const article = articles.get(id)
    if (article === undefined) return []
    const { class: kind, valid_until, checked_by } = article
    const facts = `${kind}, until ${valid_until ?? 'it is replaced'}, checked by ${checked_by ?? 'nobody'}`
    const how = standing(article, day)
    const example = isExample(article) ? ' Marked (contoh): not served in live mode.' : ''
    if (how === 'valid') return [`${id} (${facts}): may be told on ${day}.${example}`]
    const instead =
      article.link === null ? 'a person is offered' : `${article.link} is given and a person offered`
    return [`${id} (${facts}): ${how} on ${day}, so it is named and not told; ${instead}.${example}`]
  })
}
