import type { Queryable } from './db.ts'
import { UNBIND_FILES_SENT } from './file-quota.ts'

const FORGET = [
  UNBIND_FILES_SENT,
  'delete from citizen_zones where conversation_id = any($1::uuid[])',
  // What waits for its turn is not said any more; what is with its platform arrives, and nobody notes that it did.
  `update outbox set status = 'failed', error = 'erased', lease_until = null
   where id in (select outbox_id from announced where conversation_id = any($1::uuid[]) and state in ('queued', 'held'))
     and status in ('waiting', 'held') and attempted_at is null`,
  'delete from announced where conversation_id = any($1::uuid[])',
  // Whoever is locked out for wrong codes stays so: erasing must not open the lock.
  `delete from linked_chats where conversation_id = any($1::uuid[]) and (locked_until is null or locked_until < now())`,
  `delete from single_use where opens = 'citizen' and whose in (select unnest($1::uuid[])::text)`,
]

const FORGET_TICKETS = [
  'delete from talks where conversation_id = any($1::uuid[]) or ticket_id = any($2::uuid[])',
  'delete from tickets_elsewhere where ticket_id = any($2::uuid[]) and $1::uuid[] is not null',
  // Nobody waits for the answer any more; when it was asked is kept, for the budgets.
  `update model_asks set status = 'settled', how = 'erased', sealed = null, conversation_id = null, ticket_id = null, lease_until = null
   where conversation_id = any($1::uuid[]) or ticket_id = any($2::uuid[])`,
]

/** Forgets what is left of these chats and reports here and there, beside their words. */
export async function forgetTraces(
  on: Queryable,
  conversationIds: readonly string[],
  ticketIds: readonly string[],
): Promise<void> {
  for (const statement of FORGET) await on.query(statement, [conversationIds])
  for (const statement of FORGET_TICKETS) await on.query(statement, [conversationIds, ticketIds])
}
