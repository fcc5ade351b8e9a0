import { followersOf } from '../records/followers.ts'
import { joinedTo, partTickets } from '../records/merges.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room, Tell } from './action.ts'
import { partedText } from './parted-text.ts'

/**
 * The report others follow goes out of their sight: theirs are again what they were before. Gives what their citizens and their
 * desk are told of it.
 */
export async function freeFollowers(
  room: Room,
  request: Request,
  tickets: Pick<TicketRow, 'id' | 'office' | 'desk'>[],
): Promise<Tell[]> {
  const tells: Tell[] = []
  for (const { id, office, desk } of tickets) {
    const direct = new Set(await joinedTo(room.client, [id]))
    if (direct.size === 0) continue
    const followers = (await followersOf(room.client, id)).filter(one => direct.has(one.id))
    await partTickets(room.client, [...direct], request.at)
    for (const follower of followers) {
      const common = { office, at: request.at }
      if (follower.conversation_id !== null) {
        tells.push({
          ...common,
          key: `${request.key}/parted/${follower.id}`,
          to: { conversationId: follower.conversation_id },
          said: { type: 'staff_wrote', ticket: follower.code, kind: 'told', text: partedText(follower) },
        })
      }
      tells.push({
        ...common,
        key: `${request.key}/own/${follower.id}`,
        to: { desk },
        said: { type: 'ticket_told', what: 'parted', ticketId: follower.id },
      })
    }
  }
  return tells
}
