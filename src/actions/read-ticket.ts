import { openTaker } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Outcome, Request } from './action.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { lookAtTicket } from './look-at-ticket.ts'

/** *lihat*: the whole of it. */
export async function lookAt({ room, request, ticket, staff }: Work): Promise<Outcome> {
  return readHere(request, ticket, await lookAtTicket(room, request, ticket, staff))
}

/** *siapa*: who works on it. */
export async function tellWho({ room, request, ticket, key }: Work): Promise<Outcome> {
  const takenBy = openTaker(room.sealing, key, ticket.id, ticket.taken_by)
  return readHere(
    request,
    ticket,
    `${ticket.code}: ${takenBy === undefined ? 'belum diambil' : `ditangani ${takenBy}`}.`,
  )
}

/** The ticket of another desk is read here and worked on there: it has no buttons. */
function readHere(request: Request, ticket: TicketRow, text: string): Outcome {
  const { result } = deskSaid(ticket, text)
  return { result: ticket.desk === request.conversation.desk ? result : { ...result, options: {} } }
}
