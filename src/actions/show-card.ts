import { cardButtons, cardText } from '../desk/card.ts'
import { maskPersonal } from '../lib/mask.ts'
import { resumeAnonymous, type TicketRow, ticketsById } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { cardFacts, evidenceOf, fileOf } from './card-facts.ts'

/** What a desk reads when something happens to one of its tickets. */
const NEWS: Record<string, string> = {
  opened: 'Laporan baru',
  added: 'Pelapor menambahkan',
  said: 'Pelapor menulis',
  solved: 'Pelapor menyatakan selesai',
  withdrawn: 'Pelapor menarik laporannya',
  unsolved: 'Pelapor menyatakan BELUM selesai; laporan dibuka kembali',
  forwarded: 'Diteruskan ke sini',
  handed_over: 'Warga minta dihubungkan dengan petugas',
  moved: 'Dipindahkan ke sini karena tulisan terakhir pelapor',
}

/** News of a ticket this desk has not seen yet: its whole card is shown. */
const NEW_HERE: ReadonlySet<string> = new Set(['opened', 'forwarded', 'handed_over', 'moved'])

/** Shows a ticket in its desk's group: the whole card when it is new there, a line about what happened otherwise. */
export const showCard: Action = async (room, requests) => {
  const tickets = await ticketsById(
    room.client,
    requests.flatMap(({ with: { ticketId } }) => ticketId ?? []),
  )
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = tickets.get(request.with.ticketId ?? '')
    // Gone, or moved to another desk in the meantime: this group has no business with it any more.
    const here = ticket !== undefined && ticket.desk === request.conversation.desk
    outcomes.push({ result: here ? await card(room, request, ticket) : {} })
  }
  return outcomes
}

async function card(room: Room, request: Request, ticket: TicketRow) {
  const { what = 'opened', text = '', file: sent = '' } = request.with
  const resumed = what === 'added' && ticket.anonymous && (await resumeAnonymous(room.client, ticket.id))
  const status = resumed ? 'in_progress' : ticket.status
  const news = NEWS[what] ?? what
  const { body, file } = NEW_HERE.has(what)
    ? await wholeCard(room, ticket)
    : { body: `*${ticket.code}*`, file: '' }
  const said = text === '' ? '' : `${NEW_HERE.has(what) ? '\nPelapor menulis' : ''}: ${maskPersonal(text)}`
  return {
    text: `${news}\n${body}${said}`,
    options: cardButtons(ticket.code, status, ticket.taken_by !== null),
    about: ticket.id,
    title: ticket.code,
    file: sent === '' ? file : ((await fileOf(room, ticket, sent))?.id ?? ''),
  }
}

async function wholeCard(room: Room, ticket: TicketRow): Promise<{ body: string; file: string }> {
  const facts = cardFacts(room, ticket)
  const { id, words } = await evidenceOf(room, ticket, facts.fields)
  return { body: cardText({ ...facts, evidence: words }), file: id }
}
