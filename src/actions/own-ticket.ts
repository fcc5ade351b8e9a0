import { linkedTo } from '../records/links.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'

/**
 * A ticket as its own citizen may touch it: filed from this very conversation, or from the one it is linked to. Anybody else's
 * is no ticket at all.
 */
export async function ownTicket(room: Room, request: Request): Promise<TicketRow | undefined> {
  const code = readTicketCode(request.with.ticket ?? '')
  if (code === undefined) return undefined
  const ticket = await ticketByCode(room.client, request.office, code)
  return ticket !== undefined && (await isOwn(room, request, ticket)) ? ticket : undefined
}

/** Whether a ticket is of this chat's citizen, as far as the chats say; an anonymous one is nobody's. */
export async function isOwn(
  room: Room,
  { conversation }: Pick<Request, 'conversation'>,
  { conversation_id }: Pick<TicketRow, 'conversation_id'>,
): Promise<boolean> {
  if (conversation_id === null) return false
  return (
    conversation_id === conversation.id || conversation_id === (await linkedTo(room.client, conversation.id))
  )
}

/** What the citizen wrote or sent along. */
export function wordsOf(request: Request): { text: string; file: string } {
  return { text: request.with.text ?? '', file: request.with.file ?? '' }
}
