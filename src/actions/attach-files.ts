import type { PoolClient } from 'pg'
import type { NewTicket } from '../records/new-tickets.ts'

const FILE = /^file:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):/

/** The ids of files among answers; a file answer reads `file:<id>:<name>`. */
export function fileIdsIn(answers: Record<string, string>): string[] {
  return Object.values(answers).flatMap(answer => FILE.exec(answer)?.[1] ?? [])
}

/** An answer without the name the citizen's device gave the file: an anonymous report must not keep it. */
export function withoutFileName(answer: string): string {
  const id = FILE.exec(answer)?.[1]
  return id === undefined ? answer : `file:${id}:berkas`
}

/**
 * Hands files over to a ticket: only those this conversation sent. Of an anonymous one nothing leads back, and only
 * pictures are taken: a document names its author in places nobody sees.
 */
export async function attachFiles(
  client: PoolClient,
  conversationId: string,
  ticket: Pick<NewTicket, 'id' | 'anonymous' | 'opened_at'>,
  ids: string[],
): Promise<void> {
  await client.query({
    name: 'attach-files',
    text: `update files set ticket_id = $1, conversation_id = case when $2 then null else conversation_id end,
       stored_at = case when $2 then $5 else stored_at end
     where id = any($3::uuid[]) and conversation_id = $4 and (not $2 or mime like 'image/%')`,
    // Anonymous ones take files only when they are opened, and their day is kept alone.
    values: [ticket.id, ticket.anonymous, ids, conversationId, ticket.opened_at],
  })
}
