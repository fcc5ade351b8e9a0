import { toldCitizen } from '../desk/citizen-words.ts'
import type { VerbName } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { forgetWords } from '../records/duplicates.ts'
import { recordEvents } from '../records/follower-history.ts'
import { type Follower, moveFollowers } from '../records/followers.ts'
import { joinedTo, partTickets } from '../records/merges.ts'
import { REASONS } from '../records/statuses.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room, Tell } from './action.ts'
import { originOf } from './correct-reply.ts'
import { inviteSurvey } from './invite-survey.ts'
import { reachedBy } from './reached-by.ts'

/**
 * What else follows when staff did something with a ticket: everyone who follows it is told the same in their own chat, about
 * their own report, and it stands in that report's history. `type` is how the history calls it.
 */
export async function afterWork(
  room: Room,
  request: Request,
  ticket: TicketRow,
  { verb, words, type }: { verb: VerbName; words: string; type: string },
): Promise<Tell[]> {
  if (verb === 'resolve') await inviteSurvey(room, ticket, request.at)
  if (verb === 'forward') {
    if (isRestrictedDesk(room.houseOf(request.office).office, words)) {
      // What others wrote was never meant for the restricted desk; and what is there may not be found by its words.
      await partTickets(room.client, await joinedTo(room.client, [ticket.id]), request.at)
      await forgetWords(room.client, [ticket.id])
      return []
    }
    await moveFollowers(room.client, ticket.id, words)
  }
  const { ref = '', file = '' } = request.with
  const origin = ref === '' ? '' : originOf(room, request, ref)
  return tellFollowers(room, request, ticket, {
    type,
    text: verb === 'forward' || verb === 'decline' ? '' : words,
    more: { ...(file === '' ? {} : { file }), ...(origin === '' ? {} : { origin }) },
    sentence: ({ code, language }) =>
      toldCitizen(verb, { code, words: verb === 'decline' ? reason(words, language) : words, language }),
  })
}

/** One thing the office said: how a history calls it, its words there, and the sentence each follower is sent. */
type Telling = {
  type: string
  text: string
  more: Record<string, string>
  sentence(follower: Follower): { kind: string; text: string } | undefined
}

/** Tells everyone who follows a ticket, each once, about their own report; the same in the history of each. */
export async function tellFollowers(
  room: Room,
  request: Pick<Request, 'key' | 'at'>,
  ticket: TicketRow,
  { type, text, more, sentence }: Telling,
): Promise<Tell[]> {
  const told = (await reachedBy(room, ticket)).flatMap(follower => {
    const said = sentence(follower)
    return said === undefined ? [] : [{ ...follower, said }]
  })
  await recordEvents(
    room.client,
    told.flatMap(({ id, wrapped_key }) => {
      const key = ticketKey(room.sealing, id, wrapped_key)
      if (key === undefined) return []
      const sealed = sealEvent(room.sealing, key, id, text === '' ? {} : { text })
      return [{ ticketId: id, type, sealed, at: request.at }]
    }),
  )
  return told.map(({ id, code, conversationId, said }) => ({
    key: `${request.key}/wrote/${id}`,
    office: ticket.office,
    to: { conversationId },
    said: { type: 'staff_wrote', ticket: code, ...said, ...more },
    at: request.at,
  }))
}

function reason(code: string, language: string): string {
  return REASONS[code]?.[language === 'en' ? 'en' : 'id'] ?? code
}
