import { isRestrictedDesk } from '../offices/desk-for.ts'
import { formatDue } from '../offices/due-date.ts'
import { insertTickets } from '../records/new-tickets.ts'
import { pinOf } from '../records/ticket-code.ts'
import { openFields, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { newTicket } from './open-ticket.ts'
import { ownTicket } from './own-ticket.ts'
import { isHeavy } from './weigh-report.ts'

/**
 * A new report about an old one whose time for reopening is over: its topic, place and people are taken over, what the citizen
 * says now is its description, and it names the old one for whoever reads it.
 */
export const reportAgain: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const old = await ownTicket(room, request)
    outcomes.push(old === undefined ? { failed: 'unknown_ticket' } : await file(room, request, old))
  }
  return outcomes
}

async function file(room: Room, request: Request, old: TicketRow): Promise<Outcome> {
  const { office, calendar } = room.houseOf(request.office)
  const key = ticketKey(room.sealing, old.id, old.wrapped_key)
  const { topic = '', place = '', who = '', name = '' } = openFields(room.sealing, key, old.id, old.fields)
  const { text = '' } = request.with
  const taken = Object.entries({ topic, place, who, name }).filter(([, answer]) => answer !== '')
  const { ticket } = newTicket(room, request, {
    kind: old.kind,
    // What was for the restricted desk alone stays so, also where staff sent it there by hand.
    restricted: old.restricted || isHeavy(text) || isRestrictedDesk(office, old.desk),
    anonymous: false,
    confidential: old.confidential,
    receipt_hash: null,
    fields: { ...Object.fromEntries(taken), description: `Lanjutan laporan ${old.code}. ${text}` },
  })
  await insertTickets(room.client, [ticket])
  const due = ticket.answer_due
  return {
    result: {
      code: ticket.code,
      pin: pinOf(room.pinKey, ticket.id),
      due: due === null ? '' : formatDue(calendar, due, request.conversation.language),
    },
    tells: [
      {
        key: `opened/${ticket.id}`,
        office: office.id,
        to: { desk: ticket.desk },
        said: { type: 'ticket_told', what: 'opened', ticketId: ticket.id },
        at: request.at,
      },
    ],
  }
}
