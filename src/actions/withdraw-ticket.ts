import { ENDED } from '../records/statuses.ts'
import { lastEnd } from '../records/ticket-history.ts'
import type { Action, Outcome } from './action.ts'
import { ownTicket } from './own-ticket.ts'
import { tellDesk } from './tell-desk.ts'

/**
 * The citizen takes back a report that nobody has answered. `withdrawn` is *tidak* when the office has answered it in the
 * meantime: then it stays as the office left it.
 */
export const withdrawTicket: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else if (ticket.status === 'withdrawn') outcomes.push({ result: { code: ticket.code, withdrawn: 'ya' } })
    else if (ENDED.includes(ticket.status) || (await lastEnd(room.client, ticket.id)) !== undefined)
      outcomes.push({ result: { code: ticket.code, withdrawn: 'tidak' } })
    else {
      const news = { what: 'withdrawn', type: 'withdrawn', status: 'withdrawn', text: '' } as const
      const { tells = [] } = await tellDesk(room, request, ticket, news)
      outcomes.push({ result: { code: ticket.code, withdrawn: 'ya' }, tells })
    }
  }
  return outcomes
}
