import { isRestrictedDesk } from '../offices/desk-for.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'

/** What the desk a late ticket was raised to may do with it: read. Who works on it stays its own desk. */
const READS: ReadonlySet<string> = new Set(['look', 'who'])

/**
 * A ticket of another desk whose clock has come to a step of the escalation that is told to this one: whoever is told that it is
 * late may read what it is about. Never one of the restricted desk, which is told of nowhere else.
 */
export async function raisedTicket(room: Room, request: Request): Promise<TicketRow | undefined> {
  const { verb = '', ticket: typed = '' } = request.with
  const { office } = room.houseOf(request.office)
  const step = (office.escalation?.steps ?? []).findIndex(({ to }) => to === request.conversation.desk)
  const code = readTicketCode(typed)
  if (step === -1 || code === undefined || !READS.has(verb)) return undefined
  const ticket = await ticketByCode(room.client, request.office, code)
  if (ticket === undefined || isRestrictedDesk(office, ticket.desk)) return undefined
  const { rowCount } = await room.client.query(
    'select 1 from ticket_clocks where ticket_id = $1 and stage > $2',
    [ticket.id, step],
  )
  return (rowCount ?? 0) > 0 ? ticket : undefined
}
