import type { PoolClient } from 'pg'

/** Wrong codes in a row before the word is locked, and for how long. */
const WRONG_CODES = 5
const LOCKED = '1 hour'

/** The other chat of the same citizen, if this one is linked. */
export async function linkedTo(client: PoolClient, conversationId: string): Promise<string | undefined> {
  const { rows } = await client.query<{ other_id: string | null }>({
    name: 'linked-to',
    text: 'select other_id from linked_chats where conversation_id = $1',
    values: [conversationId],
  })
  return rows[0]?.other_id ?? undefined
}

/** The chats whose tickets this one may see: itself, and the one it is linked to. */
export async function chatsOf(client: PoolClient, conversationId: string): Promise<string[]> {
  const other = await linkedTo(client, conversationId)
  return other === undefined ? [conversationId] : [conversationId, other]
}

/** Links two chats, each to the other. False when one of them is linked already. */
export async function linkChats(client: PoolClient, one: string, other: string): Promise<boolean> {
  // In one order everywhere: two chats that type each other's code at once must not wait for one another.
  const [first, second] = one < other ? [one, other] : [other, one]
  const { rowCount } = await client.query(
    `insert into linked_chats (conversation_id, other_id) values ($1, $2), ($2, $1)
     on conflict (conversation_id) do update set other_id = excluded.other_id, wrong_codes = 0, locked_until = null
       where linked_chats.other_id is null`,
    [first, second],
  )
  if (rowCount === 2) return true
  await client.query(
    `update linked_chats set other_id = null
     where (conversation_id = $1 and other_id = $2) or (conversation_id = $2 and other_id = $1)`,
    [first, second],
  )
  return false
}

/** Ends a link; gives the chat it was with. */
export async function unlinkChat(client: PoolClient, conversationId: string): Promise<string | undefined> {
  const other = await linkedTo(client, conversationId)
  if (other === undefined) return undefined
  await client.query(
    'update linked_chats set other_id = null where conversation_id = any($1::uuid[]) and other_id = any($1::uuid[])',
    [[conversationId, other]],
  )
  return other
}

/** Whether wrong codes have locked the word here. */
export async function isLocked(client: PoolClient, conversationId: string, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    'select 1 from linked_chats where conversation_id = $1 and locked_until > $2',
    [conversationId, at],
  )
  return rowCount === 1
}

/** One more wrong code. Gives whether the word is locked now. */
export async function noteWrongCode(client: PoolClient, conversationId: string, at: Date): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `insert into linked_chats as l (conversation_id, wrong_codes) values ($1, 1)
     on conflict (conversation_id) do update set
       wrong_codes = case when l.wrong_codes + 1 >= ${WRONG_CODES} then 0 else l.wrong_codes + 1 end,
       locked_until = case when l.wrong_codes + 1 >= ${WRONG_CODES} then $2::timestamptz + interval '${LOCKED}' else l.locked_until end
     returning locked_until > $2::timestamptz as locked`,
    [conversationId, at],
  )
  return rows[0]?.locked === true
}

/** Links of chats that are forgotten go with them. */
export async function forgetLinks(client: PoolClient): Promise<void> {
  await client.query(
    `delete from linked_chats l where not exists (select 1 from conversations c where c.id = l.conversation_id)
       or (other_id is not null and not exists (select 1 from conversations c where c.id = l.other_id))`,
  )
}
