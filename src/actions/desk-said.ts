import type { Result } from '../conversation/state.ts'
import { cardButtons } from '../desk/card.ts'
import type { DataKey } from '../records/sealing.ts'
import type { Status } from '../records/statuses.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'

/** A verb that was found to be allowed: who does it, to which ticket, and what they typed along. */
export type Work = {
  room: Room
  request: Request
  ticket: TicketRow
  key: DataKey
  staff: string
  words: string
}

/** What the desk reads about a ticket, with the buttons that fit it now, and `more`. */
export function deskSaid(
  ticket: TicketRow,
  text: string,
  now: { status: Status; isTaken: boolean; isTalking?: boolean } = {
    status: ticket.status,
    isTaken: ticket.taken_by !== null,
  },
  more: Record<string, string> = {},
): { result: Result } {
  return {
    result: {
      text,
      options: { ...cardButtons(ticket.code, now.status, now.isTaken, now.isTalking), ...more },
      about: ticket.id,
      title: ticket.code,
    },
  }
}
