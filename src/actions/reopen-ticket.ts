import { localTime } from '../lib/local-time.ts'
import { dueDate } from '../offices/due-date.ts'
import type { Status } from '../records/statuses.ts'
import { lastEnd } from '../records/ticket-history.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { ownTicket, wordsOf } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/** What the citizen may contest: what the office has said or done something final about, and their own withdrawal. */
const CONTESTABLE: readonly Status[] = ['answered', 'closed', 'not_ours', 'archived', 'withdrawn']

/**
 * "Belum selesai": an answered or ended ticket goes back into work, with what the citizen adds. Fails with 'not_yet'
 * when there is no answer to contest, and with 'too_late' after the office's `citizen_reply` clock.
 */
export const reopenTicket: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else if (!CONTESTABLE.includes(ticket.status)) outcomes.push({ failed: 'not_yet' })
    else if (await isTooLate(room, request, ticket)) outcomes.push({ failed: 'too_late' })
    else {
      const news = { what: 'unsolved', type: 'reopened', status: 'in_progress' } as const
      outcomes.push(await tellDesk(room, request, ticket, { ...news, ...wordsOf(request) }))
    }
  }
  return outcomes
}

/** Past the last day for contesting, counted from the answer or the end, whichever came last. No clock, no limit. */
async function isTooLate(room: Room, request: Request, ticket: TicketRow): Promise<boolean> {
  const { office, calendar } = room.houseOf(request.office)
  const ended = await lastEnd(room.client, ticket.id)
  if (ended === undefined) return false
  const due = dueDate(office, calendar, 'citizen_reply', localTime(office.zone, ended))
  return due !== null && localTime(office.zone, request.at).slice(0, 10) > due
}
