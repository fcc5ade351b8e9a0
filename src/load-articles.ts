import type { FiledArticle } from './article-files.ts'
import { inOrder, isSame } from './knowledge/same-article.ts'
import { type ArticleContent, changeArticles } from './records/articles.ts'
import { type Db, transaction } from './records/db.ts'

/** What the folder is called in the history of an article. */
const FOLDER = 'folder'

/**
 * Takes up the articles of the folder whose ids no office has yet. From then on the database is the truth: a file changed later is
 * only named in what is given back, and `npm run import` takes it.
 */
export async function loadArticles(
  db: Db,
  filed: FiledArticle[],
  at: Date,
): Promise<{ added: number; changed: string[] }> {
  return transaction(db, async client => {
    // Another process may be starting on the same empty database.
    await client.query('lock table article_changes in share row exclusive mode')
    const { rows } = await client.query<{
      office: string | null
      id: string
      content: ArticleContent
      by: string
    }>(
      `select office, article_id as id, content, changed_by as by from article_changes
       where content is not null order by number`,
    )
    const now = new Map(rows.map(({ office, id, content }) => [nameOf(office, id), content]))
    const once = new Map(
      rows.flatMap(({ office, id, content, by }) => (by === FOLDER ? [[nameOf(office, id), content]] : [])),
    )
    const fresh = filed.filter(({ office, article }) => !now.has(nameOf(office, article.id)))
    await changeArticles(
      client,
      fresh.map(({ office, article }) => ({ office, id: article.id, content: inOrder(article) })),
      { name: FOLDER, at },
    )
    const changed = filed.filter(({ office, article }) => {
      const [then, today] = [once, now].map(contents => contents.get(nameOf(office, article.id)))
      return then !== undefined && today !== undefined && !isSame(then, article) && !isSame(today, article)
    })
    return { added: fresh.length, changed: changed.map(({ file }) => file) }
  })
}

function nameOf(office: string | null, id: string): string {
  return `${office ?? ''}/${id}`
}
