import { toldCitizen } from '../desk/citizen-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room, Tell } from './action.ts'
import { reachedBy } from './reached-by.ts'

/** Better words of staff, for everyone who follows and was told the others. */
export async function correctFollowers(
  room: Room,
  request: Request,
  ticket: TicketRow,
  { verb, words, origin }: { verb: string; words: string; origin: string },
): Promise<Tell[]> {
  return (await reachedBy(room, ticket)).flatMap(({ id, code, language, conversationId }) => {
    const told = toldCitizen(verb, { code, words, language })
    if (told === undefined) return []
    const mark = language === 'en' ? '(Corrected)' : '(Diperbaiki)'
    return {
      key: `${request.key}/corrected/${id}`,
      office: ticket.office,
      to: { conversationId },
      said: { type: 'staff_corrected', ticket: code, kind: told.kind, text: `${mark} ${told.text}`, origin },
      at: request.at,
    }
  })
}
