import { readTicketCode } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'

/**
 * A ticket as the desk whose group is speaking may touch it. Another desk's ticket is answered like an unknown one:
 * the general group must not even learn that a restricted ticket exists.
 */
export async function deskTicket(
  room: Room,
  request: Request,
  typed: string,
): Promise<TicketRow | undefined> {
  const code = readTicketCode(typed)
  if (code === undefined) return undefined
  const ticket = await ticketByCode(room.client, request.office, code)
  return ticket?.desk === request.conversation.desk ? ticket : undefined
}

export function notHere(typed: string): { text: string } {
  const code = readTicketCode(typed)
  return code === undefined
    ? { text: `"${typed}" bukan nomor laporan. Mohon periksa hurufnya.` }
    : { text: `Tidak ada laporan ${code} di meja ini.` }
}
