import { leaveJoined } from '../records/merges.ts'
import { ENDED } from '../records/statuses.ts'
import { lastEnd } from '../records/ticket-history.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { freeFollowers } from './free-followers.ts'
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
    else if (ticket.merged_into !== null) outcomes.push(await stopFollowing(room, request, ticket))
    else if (ticket.status === 'withdrawn') outcomes.push({ result: { code: ticket.code, withdrawn: 'ya' } })
    else if (ENDED.includes(ticket.status) || (await lastEnd(room.client, ticket.id)) !== undefined)
      outcomes.push({ result: { code: ticket.code, withdrawn: 'tidak' } })
    else {
      const news = { what: 'withdrawn', type: 'withdrawn', status: 'withdrawn', text: '' } as const
      const { tells = [] } = await tellDesk(room, request, ticket, news)
      const freed = await freeFollowers(room, request, [ticket])
      outcomes.push({ result: { code: ticket.code, withdrawn: 'ya' }, tells: [...tells, ...freed] })
    }
  }
  return outcomes
}

/** Whoever follows another's report may stop at any time: theirs is taken back, the other goes on without them. */
async function stopFollowing(room: Room, request: Request, ticket: TicketRow): Promise<Outcome> {
  const news = { what: 'withdrawn', type: 'withdrawn', status: 'withdrawn', text: '' } as const
  const { tells = [] } = await tellDesk(room, request, ticket, news)
  await leaveJoined(room.client, ticket.id)
  const freed = await freeFollowers(room, request, [ticket])
  return { result: { code: ticket.code, withdrawn: 'ya' }, tells: [...tells, ...freed] }
}
