import { randomUUID } from 'node:crypto'
import type { Queryable } from './db.ts'

export type PreparedReply = { id: string; title: string; words: string; changedAt: Date; name: string | null }

/** An office's prepared sentences, by title. */
export async function preparedReplies(on: Queryable, office: string): Promise<PreparedReply[]> {
  const { rows } = await on.query<PreparedReply>(
    `select r.id, r.title, r.words, r.changed_at as "changedAt", s.name
     from prepared_replies r left join staff s on s.id = r.changed_by where r.office = $1 order by r.title limit 200`,
    [office],
  )
  return rows
}

/** Adds one, or changes the one with this id; without words it is taken away. */
export async function keepReply(
  on: Queryable,
  reply: { id: string | undefined; office: string; title: string; words: string; by: string },
): Promise<void> {
  const { id, office, title, words, by } = reply
  if (id !== undefined && words === '')
    await on.query('delete from prepared_replies where id = $1 and office = $2', [id, office])
  else
    await on.query(
      `insert into prepared_replies (id, office, title, words, changed_by, changed_at) values ($1, $2, $3, $4, $5, now())
       on conflict (id) do update set title = excluded.title, words = excluded.words, changed_by = excluded.changed_by,
         changed_at = excluded.changed_at where prepared_replies.office = excluded.office`,
      [id ?? randomUUID(), office, title, words, by],
    )
}
