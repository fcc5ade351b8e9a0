import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import type { Block } from '../records/blocks.ts'
import { historyOf } from '../records/ticket-history.ts'
import { openEvent, ticketKey } from '../records/ticket-words.ts'
import { ticketsById } from '../records/tickets.ts'
import type { Request, Room, Tell } from './action.ts'

/** Lets a citizen's conversation know until when staff do not hear from it, and why. */
export function blockTold(
  room: Room,
  { key, office, at }: Pick<Request, 'key' | 'office' | 'at'>,
  block: { conversationId: string; until: Date; reason: string; language: string },
): Tell {
  const { zone } = room.houseOf(office).office
  const until = localTime(zone, block.until)
  return {
    key: `${key}/blocked/${block.conversationId}`,
    office,
    to: { conversationId: block.conversationId },
    said: {
      type: 'staff_blocked',
      until,
      shown: formatDay(until.slice(0, 10), block.language),
      reason: block.reason,
    },
    at,
  }
}

/** Why, as it stands in the history of the ticket it was said of; '' once that is erased. */
export async function reasonOf(room: Room, block: Block): Promise<string> {
  const ticket = (await ticketsById(room.client, [block.ticket_id])).get(block.ticket_id)
  if (ticket === undefined) return ''
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const history = await historyOf(room.client, ticket.id, 'desk')
  const last = history.findLast(({ type }) => type === 'blocked')
  return last === undefined ? '' : (openEvent(room.sealing, key, ticket.id, last.sealed).text ?? '')
}
