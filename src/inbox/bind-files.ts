import type { PoolClient } from 'pg'
import type { Arrival } from './arrival.ts'
import type { OpenConversation } from './open-conversation.ts'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Gives the files that messages carry to the conversations they were sent to, before these are walked: an action may hand
 * one to a ticket in the same turn. One statement, and none when no message has a file. What belongs to somebody stays theirs.
 */
export async function bindFiles(
  client: PoolClient,
  turns: { arrival: Arrival; conversation: OpenConversation }[],
): Promise<void> {
  const carried = turns.flatMap(({ arrival, conversation }) =>
    carriedBy(arrival).map(id => ({ id, conversation })),
  )
  if (carried.length === 0) return
  await client.query({
    name: 'bind-files',
    text: `update files set conversation_id = c.conversation
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as c(id, conversation, office)
     where files.id = c.id and files.office = c.office
       and files.conversation_id is null and files.ticket_id is null`,
    values: [
      carried.map(({ id }) => id),
      carried.map(({ conversation }) => conversation.id),
      carried.map(({ conversation }) => conversation.office),
    ],
  })
}

/**
 * What came with messages that came before was fetched twice: nobody's chat leads to the second copy, so that nobody who erases their data
 * would reach it.
 */
export async function forgetFilesOf(client: PoolClient, repeats: readonly Arrival[]): Promise<void> {
  const ids = repeats.flatMap(carriedBy)
  if (ids.length === 0) return
  await client.query(
    'delete from files where id = any($1::uuid[]) and conversation_id is null and ticket_id is null',
    [ids],
  )
}

function carriedBy({ said }: Arrival): string[] {
  const { file } = said as { file?: { id: string } | string }
  const id = typeof file === 'object' ? file.id : file
  return id === undefined || !ID.test(id) ? [] : [id]
}
