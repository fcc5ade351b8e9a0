import { readTicketCode } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode, ticketsById } from '../records/tickets.ts'
import { ticketOfMessage, ticketOfTopic } from '../records/topics.ts'
import type { Request, Room } from './action.ts'

/**
 * A ticket as the desk whose group is speaking may touch it: by its code, else by the topic or the message it was said
 * about. Another desk's ticket is answered like an unknown one: the general group must not even learn that a restricted
 * ticket exists.
 */
export async function deskTicket(room: Room, request: Request): Promise<TicketRow | undefined> {
  const { ticket: typed = '' } = request.with
  const ticket =
    typed === '' ? await ticketAround(room, request) : await ticketCalled(room, request.office, typed)
  return ticket?.desk === request.conversation.desk ? ticket : undefined
}

async function ticketCalled(room: Room, office: string, typed: string): Promise<TicketRow | undefined> {
  const code = readTicketCode(typed)
  return code === undefined ? undefined : ticketByCode(room.client, office, code)
}

/** The message answered says more than the topic it stands in: somebody may answer a card in the topic of another. */
async function ticketAround(room: Room, request: Request): Promise<TicketRow | undefined> {
  const { id } = request.conversation
  const { replyTo = '', thread = '' } = request.with
  const ticketId =
    (replyTo === '' ? undefined : await ticketOfMessage(room.client, id, replyTo)) ??
    (thread === '' ? undefined : await ticketOfTopic(room.client, id, thread))
  if (ticketId === undefined) return undefined
  return (await ticketsById(room.client, [ticketId])).get(ticketId)
}

export function notHere(typed: string): { text: string } {
  if (typed === '') return { text: 'Sertakan nomor laporannya, atau balas kartu laporan itu.' }
  const code = readTicketCode(typed)
  return code === undefined
    ? { text: `"${typed}" bukan nomor laporan. Mohon periksa hurufnya.` }
    : { text: `Tidak ada laporan ${code} di meja ini.` }
}
