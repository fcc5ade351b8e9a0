import { leadOf } from '../records/followers.ts'
import { readReceipt } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { addByReceipt } from './add-by-receipt.ts'
import { ownTicket, wordsOf } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'
import { isHeavy } from './weigh-report.ts'

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
  const lead = isHeavy(request.with.text ?? '') ? ticket : await leadOf(room.client, ticket)
  if (lead.id !== ticket.id && lead.status === 'waiting_citizen') {
    const { zone } = room.houseOf(request.office).office
    // What the desk asked all who follow, one of them has answered.
    const resumed = { type: 'resumed', visible: false, sealed: null, at: request.at, zone }
    await recordEvent(room.client, lead, resumed, { status: 'in_progress' })
  }
  const resumes = ticket.status === 'waiting_citizen' ? { status: 'in_progress' as const } : {}
  return tellDesk(room, request, ticket, { what: 'added', type: 'added', ...resumes, ...wordsOf(request) })
}
