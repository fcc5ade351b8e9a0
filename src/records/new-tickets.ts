import type { PoolClient } from 'pg'
import { tableOf } from './columns.ts'
import type { NewClock } from './ticket-clocks.ts'
import type { TicketRow } from './tickets.ts'

/** A ticket about to be opened, with the promises of time it is given. */
export type NewTicket = Omit<
  TicketRow,
  | 'reason'
  | 'postponed_until'
  | 'taken_by'
  | 'pin_tries'
  | 'pin_locked_until'
  | 'closed_at'
  | 'updated_at'
  | 'status'
  | 'merged_into'
> & { receipt_hash: Buffer | null; clocks: NewClock[] }

const TICKETS = tableOf([
  '$1::uuid[] as id',
  '$2::text[] as office',
  '$3::text[] as code',
  '$4::text[] as kind',
  '$5::bool[] as restricted',
  '$6::bool[] as anonymous',
  '$7::bool[] as confidential',
  '$8::text[] as desk',
  '$9::uuid[] as conversation_id',
  '$10::bytea[] as receipt_hash',
  '$11::bytea[] as wrapped_key',
  '$12::bytea[] as fields',
  '$13::timestamptz[] as opened_at',
  '$14::date[] as answer_due',
  '$15::date[] as resolve_due',
])
const CLOCKS = tableOf([
  '$16::uuid[] as ticket_id',
  '$17::text[] as name',
  '$18::text[] as rule',
  '$19::text[] as rests',
  '$20::bool[] as anew',
  '$21::timestamptz[] as started_at',
])

// Tickets, the first line of their history and their clocks, any number in one round trip.
const INSERT = `
with opened as (
  insert into tickets (id, office, code, kind, restricted, anonymous, confidential, desk, status, conversation_id,
    receipt_hash, wrapped_key, fields, opened_at, answer_due, resolve_due, updated_at)
  select id, office, code, kind, restricted, anonymous, confidential, desk, 'received', conversation_id,
    receipt_hash, wrapped_key, fields, opened_at, answer_due, resolve_due, opened_at
  from ${TICKETS} as t
  returning id, opened_at
), clocks as (
  insert into ticket_clocks (ticket_id, name, rule, rests, anew, turns, next_at)
  select ticket_id, name, rule, string_to_array(rests, ' '), anew, array[started_at], started_at from ${CLOCKS} as c
)
insert into ticket_events (ticket_id, type, visible, happened_at) select id, 'opened', true, opened_at from opened`

/** Opens any number of tickets. */
export async function insertTickets(client: PoolClient, tickets: NewTicket[]): Promise<void> {
  const column = <K extends keyof NewTicket>(name: K) => tickets.map(ticket => ticket[name])
  const clocks = tickets.flatMap(ticket => ticket.clocks)
  await client.query({
    name: 'insert-tickets',
    text: INSERT,
    values: [
      column('id'),
      column('office'),
      column('code'),
      column('kind'),
      column('restricted'),
      column('anonymous'),
      column('confidential'),
      column('desk'),
      column('conversation_id'),
      column('receipt_hash'),
      column('wrapped_key'),
      column('fields'),
      column('opened_at'),
      column('answer_due'),
      column('resolve_due'),
      clocks.map(({ ticketId }) => ticketId),
      clocks.map(({ name }) => name),
      clocks.map(({ rule }) => rule),
      clocks.map(({ rests }) => rests.join(' ')),
      clocks.map(({ anew }) => anew),
      clocks.map(({ startedAt }) => startedAt),
    ],
  })
}
