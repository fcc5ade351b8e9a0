import { z } from 'zod'
import { writtenDay } from '../conversation/written-day.ts'
import { ARTICLE_CLASSES, type ArticleContent } from '../records/articles.ts'

const text = z
  .string()
  .trim()
  .min(1)
  // No table keeps a NUL; told here, it is told with its place.
  .refine(written => !written.includes('\0'), 'has a sign that nobody can see; write it anew')
/** What may be left empty: '' and null mean the same. */
const orNothing = <S extends z.ZodType<string>>(schema: S) =>
  z.preprocess(value => (value === '' || value === undefined ? null : value), schema.nullable())

/** What the front matter of an article holds, all but its answer; everything in the file is text. */
export const FrontMatter = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,79}$/, 'small letters, digits and -, at most 80'),
  question: text,
  alternatives: z.array(text).default([]),
  tags: z.array(text).default([]),
  source: text,
  as_of: writtenDay,
  valid_until: orNothing(writtenDay),
  class: z.enum(ARTICLE_CLASSES),
  checked_by: orNothing(text),
  link: orNothing(text.regex(/^https:\/\/\S+$/, 'should be an address that begins with https://')),
  owner: orNothing(text),
})

/** The same with its answer, as JSON and tables have it. */
export const ArticleRow = FrontMatter.extend({ answer: text })

export type IdentifiedArticle = ArticleContent & { id: string }

/** What is wrong between parts of an article that are each right, with the part it is about; undefined when nothing is. */
export function faultOf(article: ArticleContent): { at: keyof ArticleContent; text: string } | undefined {
  const { class: kind, valid_until: until, as_of: from, answer } = article
  if ((kind === 'yearly' || kind === 'event') && until === null)
    return { at: 'valid_until', text: `an article of class "${kind}" needs a day until which it is true` }
  if (until !== null && until < from)
    return { at: 'valid_until', text: `it ends before it begins, on ${from}` }
  if (answer.length > 2000)
    return { at: 'answer', text: `the answer has ${answer.length} characters; a chat takes 2000 at most` }
  return undefined
}
