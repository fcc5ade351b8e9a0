import type { Queryable } from '../records/db.ts'

/** The language spoken with the citizen of a conversation. */
export async function languageOf(on: Queryable, conversationId: string): Promise<string> {
  const { rows } = await on.query<{ language: string }>('select language from conversations where id = $1', [
    conversationId,
  ])
  return rows[0]?.language ?? 'id'
}
