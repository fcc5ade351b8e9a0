import { chatsOf } from '../records/links.ts'
import { ticketsOfConversations } from '../records/tickets.ts'
import type { Action, Outcome } from './action.ts'

/** The reports of this citizen that follow another's, as options to choose from. */
export const myFollowed: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation } of requests) {
    const own = await ticketsOfConversations(room.client, await chatsOf(room.client, conversation.id))
    const followed = own.filter(({ merged_into }) => merged_into !== null).map(({ code }) => code)
    outcomes.push({
      result: {
        count: String(followed.length),
        options: Object.fromEntries(followed.map(code => [code, code])),
      },
    })
  }
  return outcomes
}
