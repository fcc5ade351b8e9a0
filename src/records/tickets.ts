import type { PoolClient } from 'pg'
import type { Status } from './statuses.ts'

/** A ticket as its row holds it; words are opened with `ticket-words`. */
export type TicketRow = {
  id: string
  office: string
  code: string
  kind: 'complaint' | 'aspiration' | 'information' | 'recruitment'
  restricted: boolean
  anonymous: boolean
  confidential: boolean
  desk: string
  status: Status
  reason: string | null
  conversation_id: string | null
  wrapped_key: Buffer | null
  fields: Buffer | null
  taken_by: Buffer | null
  pin_tries: number
  pin_locked_until: Date | null
  opened_at: Date
  answer_due: string | null
  resolve_due: string | null
  postponed_until: string | null
  closed_at: Date | null
  updated_at: Date
  merged_into: string | null
}

/** Tickets that answer to this conversation, the newest first. */
export function ticketsOfConversation(client: PoolClient, conversationId: string): Promise<TicketRow[]> {
  return ticketsOfConversations(client, [conversationId])
}

/** The same of several conversations together. */
export async function ticketsOfConversations(
  client: PoolClient,
  conversationIds: string[],
  most = 50,
): Promise<TicketRow[]> {
  const { rows } = await client.query<TicketRow>(
    'select * from tickets where conversation_id = any($1::uuid[]) order by opened_at desc, code limit $2',
    [conversationIds, most],
  )
  return rows
}

/** One ticket by its code, locked until the end of the turn. */
export async function ticketByCode(
  client: PoolClient,
  office: string,
  code: string,
): Promise<TicketRow | undefined> {
  const { rows } = await client.query<TicketRow>(
    'select * from tickets where office = $1 and code = $2 for update',
    [office, code],
  )
  return rows[0]
}

/** Any number of tickets at once, to be shown; not locked. */
export async function ticketsById(client: PoolClient, ids: string[]): Promise<Map<string, TicketRow>> {
  const { rows } = await client.query<TicketRow>({
    name: 'tickets-by-id',
    text: 'select * from tickets where id = any($1::uuid[])',
    values: [ids],
  })
  return new Map(rows.map(row => [row.id, row]))
}

/** Tickets as a card shows them: `followed` when others were joined to it. */
export type CardTicket = TicketRow & { followed: boolean }

/** The same with what a card says of others besides. */
export async function ticketsForCards(client: PoolClient, ids: string[]): Promise<Map<string, CardTicket>> {
  const { rows } = await client.query<CardTicket>({
    name: 'tickets-for-cards',
    text: `select t.*, exists (select 1 from tickets f where f.merged_into = t.id) as followed
           from tickets t where t.id = any($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map(row => [row.id, row]))
}

export async function ticketByReceipt(
  client: PoolClient,
  receiptHash: Buffer,
): Promise<TicketRow | undefined> {
  const { rows } = await client.query<TicketRow>('select * from tickets where receipt_hash = $1 for update', [
    receiptHash,
  ])
  return rows[0]
}

/** Gives a ticket to the restricted desk, taken by nobody. `resolveDue` null leaves its day and its clock as they are. */
export async function restrictTicket(
  client: PoolClient,
  id: string,
  to: { desk: string; resolveDue: string | null },
): Promise<void> {
  await client.query(
    `with gone as (
       update tickets set restricted = true, desk = $2, taken_by = null, resolve_due = coalesce($3::date, resolve_due)
       where id = $1 returning id, updated_at
     )
     update ticket_clocks c set rule = 'resolve_restricted', next_at = gone.updated_at
     from gone where c.ticket_id = gone.id and c.name = 'resolve' and not c.done and $3::date is not null`,
    [id, to.desk, to.resolveDue],
  )
}

/**
 * What an anonymous report's desk had asked for has come, and is shown now: work goes on. Its clocks go on from the day it came,
 * which is all that is kept of when.
 */
export async function resumeAnonymous(client: PoolClient, id: string): Promise<boolean> {
  const { rows } = await client.query<{ id: string }>(
    `with resumed as (
       update tickets set status = 'in_progress', answer_due = null, resolve_due = null
       where id = $1 and anonymous and status = 'waiting_citizen' returning id
     ), came as (
       select e.ticket_id, max(e.happened_at) as at from ticket_events e join resumed on resumed.id = e.ticket_id group by 1
     ), clocks as (
       update ticket_clocks c set turns = turns || greatest(came.at, turns[cardinality(turns)]), next_at = came.at
       from came where c.ticket_id = came.ticket_id and not done and cardinality(turns) % 2 = 0
         and not ('in_progress' = any(rests))
     )
     select id from resumed`,
    [id],
  )
  return rows.length === 1
}
