import { z } from 'zod'
import type { Result } from '../conversation/state.ts'
import type { Book } from '../knowledge/books.ts'
import { type Asker, sayArticles } from '../knowledge/say-article.ts'
import { standing } from '../knowledge/staleness.ts'
import { faultIn } from './check-rephrasing.ts'
import { hide } from './hide.ts'
import type { Ended, Failure } from './model.ts'
import type { Put } from './put.ts'

/** What is put to the model for a citizen: their question, the articles found, and what they hear if nothing better comes. */
export const AnswerAsk = z.object({
  question: z.string(),
  articles: z.array(z.string()),
  /** Names given in the open draft. */
  names: z.array(z.string()),
  language: z.string(),
  otherwise: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
})
export type AnswerAsk = z.infer<typeof AnswerAsk>

const NONE = 'none'
/** What a question is about stands in its first letters; a model reads no essays. */
const LONGEST = 800

/**
 * The answer a citizen hears: the article the model chose among those found, said in its words where every sentence held against the
 * article, in the article's own where one did not. With no model, none fitting or anything amiss: `otherwise`. Expired and
 * unconfirmed articles are not shown to the model at all.
 */
export async function answerCitizen(
  put: Put,
  asked: AnswerAsk,
  { book, day, known }: { book: Book; day: Asker['day']; known: ReadonlySet<string> },
): Promise<{ how: Ended<never>['how']; result: Result }> {
  const { question, articles, names, language, otherwise } = asked
  const offered = articles.flatMap(id => book.article(id) ?? []).filter(one => standing(one, day) === 'valid')
  const masked = hide(question.slice(0, LONGEST), { names, known, onlyKnown: true })
  if (offered.length === 0 || !/\p{L}/u.test(masked.replace(/\[[^\][]*\]/g, '')))
    return { how: 'withheld', result: otherwise }
  const ended = await put('choose', {
    input: {
      question: masked,
      articles: JSON.stringify(
        offered.map(({ id, question: title, answer }) => ({ id, question: title, answer })),
      ),
    },
    output: z.object({ article: z.enum([NONE, ...offered.map(({ id }) => id)]), text: z.string() }),
  })
  if (ended.how !== 'answered') return { how: ended.how, result: otherwise }
  const { article: id, text } = ended.value
  const article = offered.find(one => one.id === id)
  if (article === undefined) return { how: 'none', result: otherwise }
  const own = sayArticles(book, [id], { day, language })
  if (own.kind !== 'answer') return { how: 'none', result: otherwise }
  const fault = faultIn(text.trim(), article.answer, known)
  const how: 'answered' | Failure = fault === undefined ? 'answered' : 'guarded'
  const said = fault === undefined ? own.text.replace(article.answer, () => text.trim()) : own.text
  const { options: _, ...rest } = otherwise
  return { how, result: { ...rest, kind: 'answer', article: id, text: said } }
}
