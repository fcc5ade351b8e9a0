import { standingOf } from '../records/followers.ts'
import { chatsOf } from '../records/links.ts'
import { STATUS_WORDS } from '../records/statuses.ts'
import { openFields, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketsOfConversations } from '../records/tickets.ts'
import type { Action, Outcome, Room } from './action.ts'

/** Longest piece of a report shown as a reminder of which one it is. */
const REMINDER = 40

/** The reports filed from this conversation and the one it is linked to, the newest first, as a list to read and as options to choose from. */
export const myTickets: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation } of requests) {
    const tickets = await ticketsOf(room, conversation.id)
    const lines = tickets.map(ticket => ({
      code: ticket.code,
      line: describe(room, ticket, conversation.language),
    }))
    outcomes.push({
      result: {
        count: lines.length > 1 ? 'banyak' : String(lines.length),
        first: lines[0]?.code ?? '',
        options: Object.fromEntries(lines.map(({ code, line }) => [code, line])),
        text: lines.map(({ line }) => `• ${line}`).join('\n'),
      },
    })
  }
  return outcomes
}

/** A report that follows another stands as that one does. */
async function ticketsOf(room: Room, conversationId: string): Promise<TicketRow[]> {
  const tickets = await ticketsOfConversations(room.client, await chatsOf(room.client, conversationId))
  const standing: TicketRow[] = []
  for (const ticket of tickets) standing.push(await standingOf(room.client, ticket))
  return standing
}

function describe(room: Room, ticket: TicketRow, language: string): string {
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const { description = '' } = openFields(room.sealing, key, ticket.id, ticket.fields)
  const words = STATUS_WORDS[ticket.status][language === 'en' ? 'en' : 'id']
  const short =
    description.length > REMINDER ? `${description.slice(0, REMINDER - 1).trimEnd()}…` : description
  return [ticket.code, words, short].filter(part => part !== '').join(' · ')
}
