import { isRestrictedDesk } from '../offices/desk-for.ts'
import { joinTicket } from '../records/merges.ts'
import type { NewTicket } from '../records/new-tickets.ts'
import { ENDED } from '../records/statuses.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { type TicketRow, ticketByCode, ticketsById } from '../records/tickets.ts'
import type { Request, Room, Tell } from './action.ts'
import { mayBeShared } from './shared-report.ts'

/**
 * A report whose citizen chose to follow another one is filed all the same, whole and under its own key, and joined to that one:
 * nothing they wrote is lost, and it can be parted or erased alone. Gives what the desk is told instead of a new card; undefined
 * where the report stands by itself.
 */
export async function followFirst(
  room: Room,
  request: Request,
  filed: NewTicket,
  files: string[],
): Promise<Tell[] | undefined> {
  const code = readTicketCode(request.with.follow ?? '')
  if (code === undefined || !mayBeShared(request.with)) return undefined
  const first = await ticketByCode(room.client, request.office, code)
  // It may have ended or gone to another desk since it was offered: then the report simply stands by itself.
  if (first === undefined || first.kind !== filed.kind || !mayBeFollowed(room, first)) return undefined
  if (first.conversation_id === request.conversation.id) return undefined
  await joinTicket(room.client, filed.id, first.id, request.at)
  const joined = (await ticketsById(room.client, [filed.id])).get(filed.id)
  if (joined === undefined) return undefined
  const { zone } = room.houseOf(request.office).office
  await recordEvent(room.client, joined, {
    type: 'followed',
    visible: true,
    sealed: null,
    at: request.at,
    zone,
  })
  return [
    {
      key: `followed/${filed.id}`,
      office: request.office,
      to: { desk: first.desk },
      said: {
        type: 'ticket_told',
        what: 'followed',
        ticketId: filed.id,
        text: request.with.description ?? '',
        file: files[0] ?? '',
      },
      at: request.at,
    },
  ]
}

/** Open to all, still worked on, and a report of its own. */
export function mayBeFollowed(room: Room, ticket: TicketRow): boolean {
  const { office } = room.houseOf(ticket.office)
  const closed = ticket.restricted || ticket.anonymous || ticket.confidential
  return (
    !closed &&
    !isRestrictedDesk(office, ticket.desk) &&
    !ENDED.includes(ticket.status) &&
    ticket.merged_into === null &&
    ticket.wrapped_key !== null
  )
}
