import { leadOf } from '../records/followers.ts'
import { ENDED } from '../records/statuses.ts'
import { lastEnd } from '../records/ticket-history.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { inviteSurvey } from './invite-survey.ts'
import { ownTicket } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/**
 * "Sudah selesai": the citizen closes their report. One that has ended stays as it ended: nothing is left to close. Fails
 * with 'not_yet' while nobody has answered: a report is closed after an answer, or else withdrawn (domain §2.4). Who follows
 * another's report says it for themselves alone: that one is closed by its own citizen.
 */
export const confirmSolved: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else outcomes.push(await confirm(room, request, ticket))
  }
  return outcomes
}

async function confirm(room: Room, request: Request, ticket: TicketRow): Promise<Outcome> {
  const lead = await leadOf(room.client, ticket)
  if (ENDED.includes(lead.status)) return { result: { code: ticket.code } }
  if ((await lastEnd(room.client, lead.id)) === undefined) return { failed: 'not_yet' }
  const news = { what: 'solved', type: 'solved', text: '' } as const
  if (lead.id !== ticket.id) return tellDesk(room, request, ticket, news)
  const outcome = await tellDesk(room, request, ticket, { ...news, status: 'closed' })
  await inviteSurvey(room, ticket, request.at)
  return outcome
}
