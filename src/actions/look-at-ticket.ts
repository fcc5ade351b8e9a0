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

/** What is told of a line of the history before who wrote it; others are states, which the card shows. */
const SAID: Record<string, string> = {
  replied: 'Jawaban',
  corrected: 'Jawaban, diperbaiki,',
  asked: 'Permintaan data',
  noted: 'Catatan',
  resolved: 'Kata penutup',
  not_ours: 'Bukan wewenang, kata',
  talked: 'Dalam percakapan,',
  postponed: 'Ditunda',
}
/** Lines that hold words of the citizen. */
const CITIZEN: ReadonlySet<string> = new Set(['added', 'said', 'reopened', 'unsolved', 'unkept'])
/** Lines of the history that are shown, the latest: a message holds so many, and a talk may have hundreds. */
const LINES = 20

/**
 * The whole of a ticket for its desk: every answer uncut, and what its citizen and staff wrote since, masked as on the card: a desk
 * it was forwarded to has seen none of it. Who looked is kept in the history; the citizen does not see that.
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
  const written = history.flatMap(({ type, sealed, happened_at }) => {
    const { by, text = '' } = openEvent(room.sealing, key, ticket.id, sealed)
    const day = formatDay(localTime(zone, happened_at).slice(0, 10), 'id')
    if (text === '') return []
    if (by !== undefined)
      return SAID[type] === undefined ? [] : [`${SAID[type]} ${by}, ${day}: ${quoted(text)}`]
    // An anonymous addition is shown when its delay is over, not to whoever looks before.
    const isShown = !ticket.anonymous && CITIZEN.has(type)
    return isShown ? [`Pelapor, ${day}: ${quoted(text)}`] : []
  })
  const earlier = written.length - LINES
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
  return [
    cardText({ ...facts, evidence }, 'whole'),
    ...(followed === '' ? [] : [followed]),
    ...(earlier > 0 ? [`… ${earlier} pesan yang lebih awal`] : []),
    ...written.slice(-LINES),
  ].join('\n')
}
