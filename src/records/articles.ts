import type { Queryable } from './db.ts'

/** How long what an article says stays true: for years, a selection year, days, or as long as the office says. */
export const ARTICLE_CLASSES = ['law', 'yearly', 'event', 'local'] as const
export type ArticleClass = (typeof ARTICLE_CLASSES)[number]

/** An article as it is kept, by the names of its file (contracts.md §4). Days are the office's: 2026-11-22. */
export type ArticleContent = {
  question: string
  alternatives: string[]
  answer: string
  tags: string[]
  source: string
  as_of: string
  /** The last day it is true; null: until it is replaced. */
  valid_until: string | null
  class: ArticleClass
  /** Who of the office has confirmed it; null while nobody has. */
  checked_by: string | null
  /** Where the official word stands. */
  link: string | null
  owner: string | null
  /** Told no more, by nobody's calendar: as if there were no such article. */
  withdrawn?: true
}

/** One line of the history: the whole article as it was written then, or one more way of asking for it. */
export type ArticleChange = {
  number: number
  /** Null: shared by all offices. */
  office: string | null
  id: string
  content: ArticleContent | null
  phrasing: string | null
  changed_by: string
  changed_at: Date
}

export type NewChange = Pick<ArticleChange, 'office' | 'id'> &
  ({ content: ArticleContent } | { phrasing: string })

/** Any number will do, as long as nothing else in this database locks it. */
const WRITING = 724_004

/** Writes changes down, in their order. Until the end of the transaction nobody else can: so numbers rise with commits. */
export async function changeArticles(
  client: Queryable,
  changes: NewChange[],
  by: { name: string; at: Date },
): Promise<void> {
  if (changes.length === 0) return
  await client.query('select pg_advisory_xact_lock($1)', [WRITING])
  await client.query(
    `insert into article_changes (office, article_id, content, phrasing, changed_by, changed_at)
     select office, article_id, content::jsonb, phrasing, $5, $6
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
       as c(office, article_id, content, phrasing, n) order by n`,
    [
      changes.map(({ office }) => office),
      changes.map(({ id }) => id),
      changes.map(change => ('content' in change ? JSON.stringify(change.content) : null)),
      changes.map(change => ('phrasing' in change ? change.phrasing : null)),
      by.name,
      by.at,
    ],
  )
}

/** The number of the last change there is; 0 without any. */
export async function lastChange(on: Queryable): Promise<number> {
  const { rows } = await on.query<{ number: string | null }>({
    name: 'last-article-change',
    text: 'select max(number) as number from article_changes',
  })
  return Number(rows[0]?.number ?? 0)
}

/** Changes an office has part in (its own and shared ones) behind that number, in order. */
export async function changesSince(on: Queryable, office: string, number: number): Promise<ArticleChange[]> {
  const { rows } = await on.query<Omit<ArticleChange, 'number'> & { number: string }>(
    `select number, office, article_id as id, content, phrasing, changed_by, changed_at from article_changes
     where number > $2 and (office is null or office = $1) order by number`,
    [office, number],
  )
  return rows.map(row => ({ ...row, number: Number(row.number) }))
}
