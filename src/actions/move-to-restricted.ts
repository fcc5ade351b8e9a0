import { localTime } from '../lib/local-time.ts'
import { deskFor } from '../offices/desk-for.ts'
import { dueDate } from '../offices/due-date.ts'
import { forgetWords } from '../records/duplicates.ts'
import { joinedTo, partTickets } from '../records/merges.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { restrictTicket, type TicketRow } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'

/**
 * Takes a ticket away from a general desk because of what its citizen now says in it; gives the desk it is at now.
 * Nobody has taken it any more: whoever had may be the one complained about. Only the desk sees it in the history.
 */
export async function moveToRestricted(room: Room, request: Request, ticket: TicketRow): Promise<string> {
  const { office, calendar } = room.houseOf(request.office)
  const { anonymous, confidential } = ticket
  const desk = deskFor(office, { restricted: true, anonymous, confidential })
  // It stands by itself from now on, and so do those who followed it; no word of it may find it any more.
  await partTickets(room.client, [ticket.id, ...(await joinedTo(room.client, [ticket.id]))], request.at)
  await forgetWords(room.client, [ticket.id])
  const opened = localTime(office.zone, ticket.opened_at)
  await restrictTicket(room.client, ticket.id, {
    desk,
    resolveDue: dueDate(office, calendar, 'resolve_restricted', opened),
  })
  const moved = { type: 'moved', visible: false, sealed: null, at: request.at, zone: office.zone }
  await recordEvent(room.client, ticket, moved)
  return desk
}
