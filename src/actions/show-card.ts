import { briefOf } from '../desk/brief.ts'
import { cardButtons, cardText } from '../desk/card.ts'
import { quoted } from '../desk/quoted.ts'
import { leadOf } from '../records/followers.ts'
import { talkAbout } from '../records/talks.ts'
import { type CardTicket, resumeAnonymous, type TicketRow, ticketsForCards } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { cardFacts, evidenceOf, fileOf } from './card-facts.ts'
import { followedBy } from './followed-by.ts'

/** What a desk reads when something happens to one of its tickets. */
const NEWS: Record<string, string> = {
  opened: 'Laporan baru',
  added: 'Pelapor menambahkan',
  said: 'Pelapor menulis',
  solved: 'Pelapor menyatakan selesai',
  withdrawn: 'Pelapor menarik laporannya',
  unsolved: 'Pelapor menyatakan BELUM selesai; laporan dibuka kembali',
  forwarded: 'Diteruskan ke sini',
  handed_over: 'Warga minta dihubungkan dengan petugas. Tekan Bicara untuk menjawabnya langsung.',
  followed: 'Warga lain melaporkan hal yang sama dan ikut laporan yang sudah ada; jawabannya dari sana',
  parted: 'Kembali menjadi laporan tersendiri',
  moved: 'Dipindahkan ke sini karena tulisan terakhir pelapor',
}

/** News of a ticket this desk has not seen yet: its whole card is shown. */
const NEW_HERE: ReadonlySet<string> = new Set(['opened', 'forwarded', 'handed_over', 'moved', 'parted'])

/** Shows a ticket in its desk's group: the whole card when it is new there, a line about what happened otherwise. */
export const showCard: Action = async (room, requests) => {
  const tickets = await ticketsForCards(
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

async function card(room: Room, request: Request, ticket: CardTicket) {
  const { what = 'opened', text = '', file: sent = '' } = request.with
  const resumed = what === 'added' && ticket.anonymous && (await resumeAnonymous(room.client, ticket.id))
  const status = resumed ? 'in_progress' : ticket.status
  const news = NEWS[what] ?? what
  const { body, file, brief } = NEW_HERE.has(what)
    ? await wholeCard(room, ticket)
    : { body: await nameOf(room, ticket), file: '', brief: '' }
  const said = text === '' ? '' : `${NEW_HERE.has(what) ? '\nPelapor menulis' : ''}: ${quoted(text)}`
  const along = sent === '' ? undefined : await fileOf(room, ticket, sent)
  const evidence = along === undefined ? '' : `\nBukti: ${along.words}`
  return {
    text: `${news}\n${body}${said}${evidence}`,
    options: cardButtons(ticket.code, status, ticket.taken_by !== null, await isTalking(room, ticket, what)),
    about: ticket.id,
    title: ticket.code,
    // What the citizen wrote along stands nowhere else: then the card leaves whole.
    brief: text === '' && sent === '' ? brief : '',
    file: sent === '' ? file : (along?.id ?? ''),
  }
}

/** Whether somebody of staff is in a talk with this citizen already: what is said in one is asked for alone. */
async function isTalking(room: Room, { id }: TicketRow, what: string): Promise<boolean> {
  const talk = what === 'said' ? await talkAbout(room.client, id) : undefined
  return talk !== undefined && talk.speaker !== null
}

/** A ticket's code and, where it was joined to another, that one's: there it is answered. */
async function nameOf(room: Room, ticket: TicketRow): Promise<string> {
  const lead = await leadOf(room.client, ticket)
  if (lead.id === ticket.id) return `*${ticket.code}*`
  return `*${ticket.code}* (ikut *${lead.code}*, ${await followedBy(room, lead)})`
}

async function wholeCard(
  room: Room,
  ticket: CardTicket,
): Promise<{ body: string; file: string; brief: string }> {
  const facts = cardFacts(room, ticket)
  const { id, words } = await evidenceOf(room, ticket, facts.fields)
  const followed = ticket.followed ? await followedBy(room, ticket) : ''
  const card = cardText({ ...facts, evidence: words })
  // A picture is not shown by a line, nor by `lihat`.
  const brief = id === '' ? briefOf(facts) : ''
  return { body: followed === '' ? card : `${card}\n${followed}`, file: id, brief }
}
