import type { Queryable } from './db.ts'

/** The ticket a message of ours in a group was about, by what the platform calls that message. */
export async function ticketOfMessage(
  on: Queryable,
  conversationId: string,
  ref: string,
): Promise<string | undefined> {
  const { rows } = await on.query<{ about: string | null }>(
    // A message that stands for many cards is about none of them.
    `select about from outbox where conversation_id = $1 and ref = $2 and status = 'sent' order by id desc limit 1`,
    [conversationId, ref],
  )
  return rows[0]?.about ?? undefined
}

export async function ticketOfTopic(
  on: Queryable,
  conversationId: string,
  thread: string,
): Promise<string | undefined> {
  const { rows } = await on.query<{ ticket_id: string }>(
    'select ticket_id from topics where conversation_id = $1 and thread = $2',
    [conversationId, thread],
  )
  return rows[0]?.ticket_id
}

export async function topicOf(
  on: Queryable,
  conversationId: string,
  ticketId: string,
): Promise<string | undefined> {
  const { rows } = await on.query<{ thread: string }>(
    'select thread from topics where conversation_id = $1 and ticket_id = $2',
    [conversationId, ticketId],
  )
  return rows[0]?.thread
}

/** A topic was made for a ticket. Made twice, after a crash between making and noting, the later one holds. */
export async function noteTopic(
  on: Queryable,
  conversationId: string,
  ticketId: string,
  thread: string,
): Promise<void> {
  await on.query(
    `insert into topics (conversation_id, ticket_id, thread) values ($1, $2, $3)
     on conflict (conversation_id, ticket_id) do update set thread = excluded.thread`,
    [conversationId, ticketId, thread],
  )
}

/** The topic is gone: the next message about the ticket gets a new one. */
export async function forgetTopic(on: Queryable, conversationId: string, ticketId: string): Promise<void> {
  await on.query('delete from topics where conversation_id = $1 and ticket_id = $2', [
    conversationId,
    ticketId,
  ])
}
