import type { Queryable } from './db.ts'

/** Ends all that these chats asked to be told of: they said STOP, had their data erased, or cannot be reached any more. */
export async function forgetWishes(on: Queryable, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return
  await on.query('delete from subscriptions where conversation_id = any($1::uuid[])', [conversationIds])
  await on.query('delete from reminders where conversation_id = any($1::uuid[])', [conversationIds])
}

/** What belongs to chats that are no more. */
export async function forgetOrphans(on: Queryable): Promise<void> {
  for (const table of ['subscriptions', 'reminders', 'citizen_zones'])
    await on.query(
      `delete from ${table} t where not exists (select 1 from conversations where id = t.conversation_id)`,
    )
}
