import type { PoolClient } from 'pg'
import { forgetAbout } from '../records/forget-about.ts'
import type { Action, Outcome } from './action.ts'

/**
 * HAPUS DATA: the keys of all tickets of this conversation are destroyed, so their words are unreadable at once;
 * what was said of them at the desks goes with them, and what was said here is forgotten like after an anonymous report. Codes, states and dates stay countable.
 */
export const eraseData: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation } of requests) {
    const count = await eraseTickets(room.client, conversation.id)
    outcomes.push({ result: { count: String(count) }, wipe: true })
  }
  return outcomes
}

async function eraseTickets(client: PoolClient, conversationId: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `update tickets set wrapped_key = null, fields = null, taken_by = null, conversation_id = null,
       status = case when status in ('closed', 'not_ours', 'archived') then status else 'withdrawn' end,
       closed_at = coalesce(closed_at, now()), updated_at = now()
     where conversation_id = $1 returning id`,
    [conversationId],
  )
  const ids = rows.map(({ id }) => id)
  await client.query('update ticket_events set sealed = null where ticket_id = any($1::uuid[])', [ids])
  await client.query('delete from files where conversation_id = $1 or ticket_id = any($2::uuid[])', [
    conversationId,
    ids,
  ])
  await forgetAbout(client, ids)
  return ids.length
}
