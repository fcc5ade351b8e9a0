import type { ArticleContent } from '../records/articles.ts'

/** Whether two articles say the same in every part. */
export function isSame(one: ArticleContent, other: ArticleContent): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

/** The parts of an article and nothing else, always in the same order. */
export function inOrder(of: ArticleContent): ArticleContent {
  return {
    question: of.question,
    alternatives: of.alternatives,
    answer: of.answer,
    tags: of.tags,
    source: of.source,
    as_of: of.as_of,
    valid_until: of.valid_until,
    class: of.class,
    checked_by: of.checked_by,
    link: of.link,
    owner: of.owner,
  }
}
