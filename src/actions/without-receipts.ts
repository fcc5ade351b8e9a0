import { hashOfReceipt } from '../records/look-up.ts'
import { receiptsIn } from '../records/ticket-code.ts'
import { ticketByReceipt } from '../records/tickets.ts'
import type { Action, Request, Room } from './action.ts'

/** Stands where a receipt was. */
const HIDDEN = '[tanda terima]'

/**
 * The same action, but its words hold no receipt of an anonymous report: whoever reads them could open that report, and would know
 * whose it is. Only what opens one is taken out, so that a serial number stays. `ticket` and `code` are asked for by a receipt.
 */
export function withoutReceipts(action: Action): Action {
  return async (room, requests) => {
    const hidden: Request[] = []
    for (const request of requests) hidden.push(await hideIn(room, request))
    return action(room, hidden)
  }
}

async function hideIn(room: Room, request: Request): Promise<Request> {
  const changed: Record<string, string> = {}
  for (const [name, words] of Object.entries(request.with)) {
    if (name === 'ticket' || name === 'code') continue
    for (const { typed, receipt } of receiptsIn(words)) {
      const hash = hashOfReceipt(room.sealing, request.office, receipt)
      if ((await ticketByReceipt(room.client, hash)) !== undefined)
        changed[name] = (changed[name] ?? words).replaceAll(typed, HIDDEN)
    }
  }
  return Object.keys(changed).length === 0 ? request : { ...request, with: { ...request.with, ...changed } }
}
