import type { ArticleClass } from '../records/articles.ts'

/** What tells whether an article may be told as a fact. */
export type Dated = { class: ArticleClass; valid_until: string | null; checked_by: string | null }

/** Facts of a selection year or of days: true only as long as somebody of the office says so. */
const SHORT_LIVED: ReadonlySet<ArticleClass> = new Set<ArticleClass>(['yearly', 'event'])

/**
 * Whether what an article says may be told as a fact on `today`, the office's own day: `valid_until` is the last day it may. What
 * is yearly or of days needs both an end and somebody who has confirmed it (domain.md §0, rules 1 and 2).
 */
export function standing(article: Dated, today: string): 'valid' | 'expired' | 'unconfirmed' {
  if (article.valid_until !== null && article.valid_until < today) return 'expired'
  if (!SHORT_LIVED.has(article.class)) return 'valid'
  return article.checked_by === null || article.valid_until === null ? 'unconfirmed' : 'valid'
}
