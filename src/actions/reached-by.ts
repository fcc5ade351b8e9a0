import { type Follower, followersOf } from '../records/followers.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Room } from './action.ts'

/** A follower who can be spoken to. */
export type Reached = Follower & { conversationId: string }

/**
 * One report for each chat that follows a ticket: who joined several of theirs is answered once, and its own citizen is
 * answered about their own.
 */
export async function reachedBy(room: Room, ticket: TicketRow): Promise<Reached[]> {
  const byChat = new Map<string, Reached>()
  for (const follower of await followersOf(room.client, ticket.id)) {
    const { conversation_id: conversationId } = follower
    if (conversationId === null || conversationId === ticket.conversation_id) continue
    if (!byChat.has(conversationId)) byChat.set(conversationId, { ...follower, conversationId })
  }
  return [...byChat.values()]
}
