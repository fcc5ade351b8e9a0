import { randomUUID } from 'node:crypto'
import { hashOfReceipt } from '../records/look-up.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import { ticketByReceipt } from '../records/tickets.ts'
import type { Outcome, Request, Room } from './action.ts'
import { anonymousDelay } from './anonymous-delay.ts'
import { wordsOf } from './own-ticket.ts'

/**
 * Something more about an anonymous report, from whoever holds its receipt. Nothing leads from it to who wrote: its key
 * is by chance, its day alone is kept, the desk hears of it 5 to 30 minutes later, and the conversation forgets. The
 * state changes only when the desk is told (`show-card`): a state that changed at once would tell the time.
 */
export async function addByReceipt(room: Room, request: Request, receipt: string): Promise<Outcome> {
  const ticket = await ticketByReceipt(room.client, hashOfReceipt(room.sealing, request.office, receipt))
  const key = ticket && ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  if (ticket === undefined || key === undefined) return { failed: 'unknown_ticket', wipe: true }
  const { text, file } = wordsOf(request)
  // A file's own metadata and the time it was stored could lead back to its sender.
  if (file !== '') return { failed: 'no_file', wipe: true }
  const { office } = room.houseOf(request.office)
  await recordEvent(room.client, ticket, {
    type: 'added',
    visible: true,
    sealed: sealEvent(room.sealing, key, ticket.id, { text }),
    at: request.at,
    zone: office.zone,
  })
  return {
    result: { code: ticket.code },
    tells: [
      {
        key: `added/${randomUUID()}`,
        office: request.office,
        to: { desk: ticket.desk },
        said: { type: 'ticket_told', what: 'added', ticketId: ticket.id, text },
        at: request.at,
        delayMs: anonymousDelay(),
      },
    ],
    wipe: true,
  }
}
