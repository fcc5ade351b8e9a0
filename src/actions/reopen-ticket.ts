import { leadOf } from '../records/followers.ts'
import type { Status } from '../records/statuses.ts'
import { lastEnd, recordEvent } from '../records/ticket-history.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { ownTicket, wordsOf } from './own-ticket.ts'
import { isPast } from './reply-period.ts'
import { tellDesk } from './tell-desk.ts'
import { isHeavy } from './weigh-report.ts'

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
    else outcomes.push(await reopen(room, request, ticket))
  }
  return outcomes
}

/** Who follows another's report reopens that one, in their own words; words for the restricted desk take their own report there. */
async function reopen(room: Room, request: Request, ticket: TicketRow): Promise<Outcome> {
  const words = wordsOf(request)
  const lead = isHeavy(words.text) ? ticket : await leadOf(room.client, ticket)
  if (!CONTESTABLE.includes(lead.status)) return { failed: 'not_yet' }
  if (await isTooLate(room, request, lead)) return { failed: 'too_late' }
  if (lead.id === ticket.id) {
    const news = { what: 'unsolved', type: 'reopened', status: 'in_progress' } as const
    return tellDesk(room, request, ticket, { ...news, ...words })
  }
  const { zone } = room.houseOf(request.office).office
  const again = { type: 'reopened', visible: true, sealed: null, at: request.at, zone }
  await recordEvent(room.client, lead, again, { status: 'in_progress' })
  return tellDesk(room, request, ticket, { what: 'unsolved', type: 'unsolved', ...words })
}

/** Past the last day for contesting, counted from the answer or the end, whichever came last. No clock, no limit. */
async function isTooLate(room: Room, request: Request, ticket: TicketRow): Promise<boolean> {
  const ended = await lastEnd(room.client, ticket.id)
  return ended !== undefined && isPast(room.houseOf(request.office), ended, request.at)
}
