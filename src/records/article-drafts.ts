import type { ArticleContent } from './articles.ts'
import type { Queryable } from './db.ts'

/** An article as somebody wants it; `name` is theirs. Nothing of it is told before somebody else agrees. */
export type Draft = { id: string; content: ArticleContent; writtenBy: string; name: string; writtenAt: Date }

export async function draftsOf(on: Queryable, office: string): Promise<Draft[]> {
  const { rows } = await on.query<Draft>(
    `select d.article_id as id, d.content, d.written_by as "writtenBy", coalesce(s.name, '–') as name,
       d.written_at as "writtenAt"
     from article_drafts d left join staff s on s.id = d.written_by where d.office = $1 order by d.written_at`,
    [office],
  )
  return rows
}

/** Keeps a draft in the place of the one before it. */
export async function keepDraft(
  on: Queryable,
  draft: { office: string; id: string; content: ArticleContent; by: string },
): Promise<void> {
  await on.query(
    `insert into article_drafts (office, article_id, content, written_by, written_at) values ($1, $2, $3, $4, now())
     on conflict (office, article_id) do update set content = excluded.content, written_by = excluded.written_by,
       written_at = excluded.written_at`,
    [draft.office, draft.id, JSON.stringify(draft.content), draft.by],
  )
}

/**
 * Takes a draft away, to be published or dropped; undefined when there is none, when it is one's own and was to be published, or when
 * it is another than was read (`seen`): what nobody has read is agreed to by nobody.
 */
export async function takeDraft(
  on: Queryable,
  which: { office: string; id: string; by: string; publish: boolean; seen: string },
): Promise<ArticleContent | undefined> {
  const { rows } = await on.query<{ content: ArticleContent }>(
    `delete from article_drafts where office = $1 and article_id = $2 and (not $4 or written_by <> $3)
       and extract(epoch from written_at)::text = $5 returning content`,
    [which.office, which.id, which.by, which.publish, which.seen],
  )
  return rows[0]?.content
}

/** What a page shows of when a draft was written, for `takeDraft` to know it again. */
export async function markOfDraft(on: Queryable, office: string, id: string): Promise<string> {
  const { rows } = await on.query<{ mark: string }>(
    'select extract(epoch from written_at)::text as mark from article_drafts where office = $1 and article_id = $2',
    [office, id],
  )
  return rows[0]?.mark ?? ''
}
