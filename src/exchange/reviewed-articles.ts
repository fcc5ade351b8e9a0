import { inOrder, isSame } from '../knowledge/same-article.ts'
import { draftsOf, keepDraft } from '../records/article-drafts.ts'
import type { ArticleContent } from '../records/articles.ts'
import type { Queryable } from '../records/db.ts'
import { articlesIn, historyOf } from './articles.ts'
import type { Reviewed } from './reviewed.ts'

/** So many are shown before anybody decides; the counts are of all. */
const MOST_SHOWN = 100

/**
 * Takes articles of a file in as drafts: each is told once somebody else has agreed to it, whoever the file says has checked it. `writes`:
 * false only looks. Throws a Refusal that lists every fault, by row and column.
 */
export async function reviewArticles(
  client: Queryable,
  path: string,
  { office, by, writes }: { office: string; by: string; writes: boolean },
): Promise<{ read: number; found: Reviewed }> {
  const articles = await articlesIn(path)
  const history = await historyOf(client, office)
  const drafts = new Map((await draftsOf(client, office)).map(({ id, content }) => [id, content]))
  const found: Reviewed = { fresh: 0, changed: 0, same: 0, rows: [] }
  for (const article of articles) {
    const { id } = article
    const known = [history.written(id), history.get(id), drafts.get(id)]
    if (known.some(one => one !== undefined && isSame(unchecked(one), unchecked(article)))) {
      found.same += 1
      continue
    }
    const now = drafts.get(id) ?? history.get(id)
    const is = now === undefined ? 'fresh' : 'changed'
    found[is] += 1
    if (found.rows.length < MOST_SHOWN)
      found.rows.push({
        id,
        title: article.question,
        is,
        parts: now === undefined ? [] : partsOf(now, article),
        waits: true,
      })
    if (writes) await keepDraft(client, { office, id, content: unchecked(article), by })
  }
  return { read: articles.length, found }
}

/** Who checked it is said by whoever agrees to it. */
function unchecked(article: ArticleContent): ArticleContent {
  return inOrder({ ...article, checked_by: null })
}

function partsOf(one: ArticleContent, other: ArticleContent): string[] {
  const [a, b] = [unchecked(one), unchecked(other)]
  return (Object.keys(a) as (keyof ArticleContent)[]).filter(
    part => JSON.stringify(a[part]) !== JSON.stringify(b[part]),
  )
}
