import { isRestrictedDesk } from '../offices/desk-for.ts'
import { putAsks } from '../records/model-asks.ts'
import { ticketsById } from '../records/tickets.ts'
import type { Action } from './action.ts'

/** A card that shows a report for the first time. */
const FIRST: ReadonlySet<string> = new Set(['opened', ''])

/**
 * The same cards; below that of a new open report comes, later and once, what a language model suggests. The desk it comes to is the
 * one that was shown the card. Restricted, confidential and anonymous reports are not noted.
 */
export function withSuggestion(action: Action): Action {
  return async (room, requests) => {
    const outcomes = await action(room, requests)
    if (room.hasModel !== true) return outcomes
    const fresh = requests.filter(({ with: { what = '' } }) => FIRST.has(what))
    const tickets = await ticketsById(
      room.client,
      fresh.flatMap(({ with: { ticketId } }) => ticketId ?? []),
    )
    const noted = fresh.flatMap(request => {
      const ticket = tickets.get(request.with.ticketId ?? '')
      if (ticket === undefined || ticket.conversation_id === null) return []
      const isClosed = ticket.restricted || ticket.anonymous || ticket.confidential
      const isHere = ticket.desk === request.conversation.desk
      if (isClosed || !isHere || isRestrictedDesk(room.houseOf(ticket.office).office, ticket.desk)) return []
      const { id: ticketId, office, conversation_id: whose } = ticket
      return [{ office, purpose: 'suggest' as const, whose, conversationId: null, ticketId, about: {} }]
    })
    await putAsks(room.client, room.sealing, noted)
    return outcomes
  }
}
