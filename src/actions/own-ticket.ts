import { readTicketCode } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'

/** A ticket as its own citizen may touch it: filed from this very conversation. Anybody else's is no ticket at all. */
export async function ownTicket(room: Room, request: Request): Promise<TicketRow | undefined> {
  const code = readTicketCode(request.with.ticket ?? '')
  if (code === undefined) return undefined
  const ticket = await ticketByCode(room.client, request.office, code)
  return ticket?.conversation_id === request.conversation.id ? ticket : undefined
}

/** What the citizen wrote or sent along. */
export function wordsOf(request: Request): { text: string; file: string } {
  return { text: request.with.text ?? '', file: request.with.file ?? '' }
}
