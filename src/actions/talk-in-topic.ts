import { talkAbout } from '../records/talks.ts'
import { ticketKey } from '../records/ticket-words.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { deskTicket } from './desk-ticket.ts'
import { speakerOf, speakInTalk } from './talk-with-citizen.ts'
import { whoActs } from './who-acts.ts'

/**
 * Plain words in a ticket's topic belong to the talk only when its citizen last heard from this very person: what colleagues
 * write beside it stays among them.
 */
export const talkInTopic: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await speak(room, request))
  return outcomes
}

async function speak(room: Room, request: Request): Promise<Outcome> {
  const staff = await whoActs(room, request)
  const ticket = staff === undefined ? undefined : await deskTicket(room, request)
  const talk = ticket === undefined ? undefined : await talkAbout(room.client, ticket.id)
  if (staff === undefined || ticket === undefined || talk === undefined) return { result: {} }
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const isTheirs = talk.speaker?.equals(speakerOf(room, ticket.id, request)) === true
  if (key === undefined || !isTheirs) return { result: {} }
  return speakInTalk({ room, request, ticket, key, staff, words: request.with.words ?? '' }, talk)
}
