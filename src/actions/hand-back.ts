import { endTalk } from '../records/talks.ts'
import { ticketsById } from '../records/tickets.ts'
import type { Action, Outcome } from './action.ts'

const WHY: Record<string, string> = {
  cancelled: 'warga mengakhiri percakapan; bot menjawab lagi.',
  silent: 'lama tidak ada pesan, jadi percakapan ditutup; bot menjawab lagi.',
}

/** A talk ended without its staff: its desk is told. One they ended themselves is over already. */
export const handBack: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const talk = await endTalk(room.client, request.conversation.id)
    const ticket = talk && (await ticketsById(room.client, [talk.ticket_id])).get(talk.ticket_id)
    const text = `${ticket?.code}: ${WHY[request.with.how ?? ''] ?? WHY.cancelled}`
    const said = { type: 'notice', text, ticketId: ticket?.id }
    const { key, office, at } = request
    outcomes.push({
      result: {},
      tells:
        ticket === undefined ? [] : [{ key: `${key}/back`, office, to: { desk: ticket.desk }, said, at }],
    })
  }
  return outcomes
}
