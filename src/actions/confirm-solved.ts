import { ENDED } from '../records/statuses.ts'
import { lastEnd } from '../records/ticket-history.ts'
import type { Action, Outcome } from './action.ts'
import { ownTicket } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/**
 * "Sudah selesai": the citizen closes their report. One that has ended stays as it ended: nothing is left to close. Fails
 * with 'not_yet' while nobody has answered: a report is closed after an answer, or else withdrawn (domain §2.4).
 */
export const confirmSolved: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else if (ENDED.includes(ticket.status)) outcomes.push({ result: { code: ticket.code } })
    else if ((await lastEnd(room.client, ticket.id)) === undefined) outcomes.push({ failed: 'not_yet' })
    else
      outcomes.push(
        await tellDesk(room, request, ticket, { what: 'solved', type: 'solved', status: 'closed', text: '' }),
      )
  }
  return outcomes
}
