import type { PoolClient } from 'pg'
import type { TicketRow } from './tickets.ts'

/** A ticket that was joined to another, and how its citizen is spoken to; `conversation_id` is null where nobody is left. */
export type Follower = Pick<TicketRow, 'id' | 'code' | 'wrapped_key' | 'conversation_id'> & {
  language: string
}

// Joined to what was joined, as deep as it goes: taking one off takes along what had been joined to it.
const BELOW = `
with recursive below as (
  select id from tickets where merged_into = any($1::uuid[])
  union select t.id from tickets t join below b on t.merged_into = b.id
)`

/** Everyone who follows a ticket, one row a report of theirs. */
export async function followersOf(client: PoolClient, ticketId: string): Promise<Follower[]> {
  const { rows } = await client.query<Follower>({
    name: 'followers-of',
    text: `${BELOW} select t.id, t.code, t.wrapped_key, t.conversation_id, coalesce(c.language, 'id') as language
           from below join tickets t using (id) left join conversations c on c.id = t.conversation_id
           order by t.opened_at, t.code`,
    values: [[ticketId]],
  })
  return rows
}

/** How many citizens follow a ticket besides its own: a number is all that a desk sees of them. */
export async function countFollowers(
  client: PoolClient,
  { id, conversation_id }: Pick<TicketRow, 'id' | 'conversation_id'>,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>({
    name: 'count-followers',
    text: `${BELOW} select count(distinct conversation_id)::int as count from below join tickets t using (id)
     where t.conversation_id is distinct from $2`,
    values: [[id], conversation_id],
  })
  return rows[0]?.count ?? 0
}

/** Moves all that follow a ticket along to its desk. */
export async function moveFollowers(client: PoolClient, ticketId: string, desk: string): Promise<void> {
  await client.query(`${BELOW} update tickets set desk = $2 where id in (select id from below)`, [
    [ticketId],
    desk,
  ])
}

/** The ticket on which work is done for this one: itself, unless it was joined to another. Locked until the end of the turn. */
export async function leadOf(client: PoolClient, ticket: TicketRow): Promise<TicketRow> {
  if (ticket.merged_into === null) return ticket
  const { rows } = await client.query<TicketRow>('select * from tickets where id = $1 for update', [
    ticket.merged_into,
  ])
  return rows[0] === undefined ? ticket : leadOf(client, rows[0])
}

/** How a ticket stands for its own citizen: a joined one as the one it follows, by no word but state and day. */
export async function standingOf(client: PoolClient, ticket: TicketRow): Promise<TicketRow> {
  if (ticket.merged_into === null) return ticket
  const { status, reason, answer_due, resolve_due } = await leadOf(client, ticket)
  return { ...ticket, status, reason, answer_due, resolve_due }
}
