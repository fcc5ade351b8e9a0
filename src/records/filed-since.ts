import type { Queryable } from './db.ts'

/** How many reports each of these conversations has filed since then; one that filed none is not in it. */
export async function filedSince(
  on: Queryable,
  conversationIds: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  const { rows } = await on.query<{ id: string; filed: number }>({
    name: 'filed-since',
    text: `select conversation_id as id, count(*)::int as filed from tickets
           where conversation_id = any($1::uuid[]) and opened_at > $2 group by conversation_id`,
    values: [conversationIds, since],
  })
  return new Map(rows.map(({ id, filed }) => [id, filed]))
}
