import { recordEvent } from '../records/ticket-history.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Room } from './action.ts'

/**
 * A report was closed: the moment to ask its citizen how it went. Nothing is asked yet; `survey_invited` stands in the history of
 * the ticket, seen by nobody, and surveys begin where it stands. Not for anonymous ones: there is nobody to ask.
 */
export async function inviteSurvey(room: Room, ticket: TicketRow, at: Date): Promise<void> {
  if (ticket.anonymous || ticket.conversation_id === null) return
  const { zone } = room.houseOf(ticket.office).office
  await recordEvent(room.client, ticket, { type: 'survey_invited', visible: false, sealed: null, at, zone })
}
