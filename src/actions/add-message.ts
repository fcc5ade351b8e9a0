import { readReceipt } from '../records/ticket-code.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { addByReceipt } from './add-by-receipt.ts'
import { ownTicket, wordsOf } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/**
 * Something more about a ticket: one of this conversation's, by its code, or an anonymous one by its receipt. What the
 * desk had asked for brings it back into work.
 */
export const addMessage: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const receipt = readReceipt(request.with.ticket ?? '')
    outcomes.push(
      receipt === undefined ? await addByCode(room, request) : await addByReceipt(room, request, receipt),
    )
  }
  return outcomes
}

async function addByCode(room: Room, request: Request): Promise<Outcome> {
  const ticket = await ownTicket(room, request)
  if (ticket === undefined) return { failed: 'unknown_ticket' }
  const resumes = ticket.status === 'waiting_citizen' ? { status: 'in_progress' as const } : {}
  return tellDesk(room, request, ticket, { what: 'added', type: 'added', ...resumes, ...wordsOf(request) })
}
