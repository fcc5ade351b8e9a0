import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { Block } from '../records/blocks.ts'
import { ticketsById } from '../records/tickets.ts'
import type { Room } from './action.ts'

/**
 * Whether a desk may learn of a block. One made at the restricted desk tells that this citizen has a report there, which no other desk
 * may even suspect; that desk knows of all, since objections are read there.
 */
export async function mayKnowBlock(
  { client, houseOf }: Pick<Room, 'client' | 'houseOf'>,
  { ticket_id }: Block,
  at: { office: string; desk: string | null },
): Promise<boolean> {
  const { office } = houseOf(at.office)
  if (isRestrictedDesk(office, at.desk)) return true
  const ticket = (await ticketsById(client, [ticket_id])).get(ticket_id)
  return ticket !== undefined && !isRestrictedDesk(office, ticket.desk)
}
