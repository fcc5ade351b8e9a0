import { recordEvent } from '../records/ticket-history.ts'
import type { TicketRow } from '../records/tickets.ts'
import { makeInvitations, type NewInvitation } from '../surveys/invitations.ts'
import type { Room } from './action.ts'

/** What a report was dealt with as, for a survey that asks about a service: by its kind. */
const SERVICES: Record<string, string> = {
  complaint: 'Penanganan pengaduan',
  aspiration: 'Penanganan aspirasi',
  information: 'Permintaan informasi',
  recruitment: 'Pengawasan rekrutmen',
}

/**
 * A report was closed: its citizen may be asked how it went. `survey_invited` stands in the history of the ticket, seen by nobody; the
 * asking itself is done by the clock. Not for anonymous ones: there is nobody to ask. Which desk dealt with it is left out where
 * the desk itself is not to be known.
 */
export async function inviteSurvey(room: Room, ticket: TicketRow, at: Date): Promise<void> {
  const { conversation_id: conversationId, office } = ticket
  if (ticket.anonymous || conversationId === null) return
  const { office: whose, surveys } = room.houseOf(office)
  await recordEvent(room.client, ticket, {
    type: 'survey_invited',
    visible: false,
    sealed: null,
    at,
    zone: whose.zone,
  })
  const unit = ticket.restricted || ticket.confidential ? '' : (whose.desks[ticket.desk]?.name ?? '')
  for (const { survey, invite } of Object.values(surveys)) {
    if (invite?.after !== 'ticket') continue
    const invitation: NewInvitation = {
      office,
      survey,
      conversationId,
      ticketId: ticket.id,
      occasion: ticket.id,
      source: 'ticket',
      unit,
      service: SERVICES[ticket.kind] ?? ticket.kind,
    }
    await makeInvitations(room.client, room.sealing, [invitation], { rule: invite, at })
  }
}
