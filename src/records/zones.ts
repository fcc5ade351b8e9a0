import type { Queryable } from './db.ts'

/** Where these chats say they are, by chat; who said nothing is where their office is. */
export async function zonesOf(
  on: Queryable,
  conversationIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await on.query<{ conversation_id: string; zone: string }>(
    'select conversation_id, zone from citizen_zones where conversation_id = any($1::uuid[])',
    [conversationIds],
  )
  return new Map(rows.map(({ conversation_id, zone }) => [conversation_id, zone]))
}

export async function setZone(on: Queryable, conversationId: string, zone: string): Promise<void> {
  await on.query(
    `insert into citizen_zones (conversation_id, zone) values ($1, $2)
     on conflict (conversation_id) do update set zone = excluded.zone`,
    [conversationId, zone],
  )
}
