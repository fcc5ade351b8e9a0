import { ENDED } from '../records/statuses.ts'
import { noteTalk, talkIn } from '../records/talks.ts'
import { type TicketRow, ticketsById, ticketsOfConversation } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { wordsOf } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/** While a person talks, everything the citizen writes goes to the ticket the talk is about. */
export const relayToStaff: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ticketOfTalk(room, request)
    outcomes.push(
      ticket === undefined
        ? { failed: 'unknown_ticket' }
        : await tellDesk(room, request, ticket, { what: 'said', type: 'said', ...wordsOf(request) }),
    )
  }
  return outcomes
}

/** Of a talk that began before talks were kept, the newest open question of this conversation. */
async function ticketOfTalk(room: Room, { conversation, at }: Request): Promise<TicketRow | undefined> {
  const talk = await talkIn(room.client, conversation.id)
  if (talk === undefined) {
    const tickets = await ticketsOfConversation(room.client, conversation.id)
    return tickets.find(({ kind, status }) => kind === 'information' && !ENDED.includes(status))
  }
  await noteTalk(room.client, conversation.id, at)
  return (await ticketsById(room.client, [talk.ticket_id])).get(talk.ticket_id)
}
