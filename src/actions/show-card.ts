import { type CardFacts, cardButtons, cardText } from '../desk/card.ts'
import { maskPersonal } from '../lib/mask.ts'
import { formatDue } from '../offices/due-date.ts'
import { openFields, openTaker, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketById } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/** What a desk reads when something happens to one of its tickets. */
const NEWS: Record<string, string> = {
  opened: 'Laporan baru',
  added: 'Pelapor menambahkan',
  said: 'Pelapor menulis',
  solved: 'Pelapor menyatakan selesai',
  unsolved: 'Pelapor menyatakan BELUM selesai; laporan dibuka kembali',
  forwarded: 'Diteruskan ke sini',
  handed_over: 'Warga minta dihubungkan dengan petugas',
}

/** Shows a ticket in its desk's group: the whole card when it is new there, a line about what happened otherwise. */
export const showCard: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ticketById(room.client, request.with.ticketId ?? '')
    // Gone, or moved to another desk in the meantime: this group has no business with it any more.
    const here = ticket !== undefined && ticket.desk === request.conversation.desk
    outcomes.push({ result: here ? card(room, request, ticket) : {} })
  }
  return outcomes
}

function card(room: Room, request: Request, ticket: TicketRow) {
  const { what = 'opened', text = '' } = request.with
  const news = NEWS[what] ?? what
  const whole = what === 'opened' || what === 'forwarded' || what === 'handed_over'
  const body = whole
    ? cardText(cardFacts(room, ticket))
    : `*${ticket.code}*${text === '' ? '' : `: ${maskPersonal(text)}`}`
  return { text: `${news}\n${body}`, options: cardButtons(ticket.code, ticket.status), about: ticket.id }
}

export function cardFacts(room: Room, ticket: TicketRow): CardFacts {
  const { office, calendar } = room.houseOf(ticket.office)
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  return {
    code: ticket.code,
    kind: ticket.kind,
    deskName: office.desks[ticket.desk]?.name ?? ticket.desk,
    status: ticket.status,
    restricted: ticket.restricted,
    anonymous: ticket.anonymous,
    confidential: ticket.confidential,
    due: ticket.answer_due === null ? '' : formatDue(calendar, ticket.answer_due, 'id'),
    takenBy: openTaker(room.sealing, key, ticket.id, ticket.taken_by),
    fields: openFields(room.sealing, key, ticket.id, ticket.fields),
  }
}
