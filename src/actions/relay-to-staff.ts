import { ENDED } from '../records/statuses.ts'
import { ticketsOfConversation } from '../records/tickets.ts'
import type { Action, Outcome } from './action.ts'
import { wordsOf } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/** While a person talks, everything the citizen writes goes to the newest open question of this conversation. */
export const relayToStaff: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const tickets = await ticketsOfConversation(room.client, request.conversation.id)
    const ticket = tickets.find(({ kind, status }) => kind === 'information' && !ENDED.includes(status))
    outcomes.push(
      ticket === undefined
        ? { failed: 'unknown_ticket' }
        : await tellDesk(room, request, ticket, { what: 'said', type: 'added', ...wordsOf(request) }),
    )
  }
  return outcomes
}
