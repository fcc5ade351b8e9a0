import { cardText } from '../desk/card.ts'
import { quoted } from '../desk/quoted.ts'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import { historyOf, recordEvent } from '../records/ticket-history.ts'
import { openEvent, sealEvent, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'
import { cardFacts, evidenceOf } from './card-facts.ts'
import { followedBy } from './followed-by.ts'

/**
 * The whole of a ticket for its desk: every answer uncut and what the citizen added since, masked as on the card. Who
 * looked is kept in the history; the citizen does not see that.
 */
export async function lookAtTicket(
  room: Room,
  request: Request,
  ticket: TicketRow,
  staff: string,
): Promise<string> {
  const { zone } = room.houseOf(ticket.office).office
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const facts = cardFacts(room, ticket)
  const { words: evidence } = await evidenceOf(room, ticket, facts.fields)
  const history = await historyOf(room.client, ticket.id, 'desk')
  const added = history
    // An anonymous addition is shown when its delay is over, not to whoever looks before.
    .filter(({ type }) => !ticket.anonymous && (type === 'added' || type === 'reopened'))
    .flatMap(({ sealed, happened_at }) => {
      const { by, text = '' } = openEvent(room.sealing, key, ticket.id, sealed)
      const day = formatDay(localTime(zone, happened_at).slice(0, 10), 'id')
      return by !== undefined || text === '' ? [] : [`Pelapor, ${day}: ${quoted(text)}`]
    })
  if (key !== undefined) {
    await recordEvent(room.client, ticket, {
      type: 'looked',
      visible: false,
      sealed: sealEvent(room.sealing, key, ticket.id, { by: staff }),
      at: request.at,
      zone,
    })
  }
  const followed = await followedBy(room, ticket)
  return [cardText({ ...facts, evidence }, 'whole'), ...(followed === '' ? [] : [followed]), ...added].join(
    '\n',
  )
}
