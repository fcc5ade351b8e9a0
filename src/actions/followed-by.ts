import { countFollowers } from '../records/followers.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Room } from './action.ts'

/** All that a desk sees of those who follow a ticket: how many they are; '' without any. */
export async function followedBy(room: Room, ticket: TicketRow): Promise<string> {
  const count = await countFollowers(room.client, ticket)
  return count === 0 ? '' : `diikuti ${count} warga`
}
