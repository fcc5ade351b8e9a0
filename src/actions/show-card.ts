import { type CardFacts, cardButtons, cardText } from '../desk/card.ts'
import { maskPersonal } from '../lib/mask.ts'
import { formatDue } from '../offices/due-date.ts'
import { openFields, openTaker, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketsById } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { fileIdsIn } from './attach-files.ts'

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
  const news = NEWS[what] ?? what
  const whole = what === 'opened' || what === 'forwarded' || what === 'handed_over'
  const facts = cardFacts(room, ticket)
  const [wanted] = whole ? fileIdsIn(facts.fields) : [sent]
  const file = await fileOf(room, ticket, wanted ?? '')
  const evidence =
    wanted === undefined ? '' : (file?.words ?? (ticket.anonymous ? NOT_KEPT : 'berkas, sudah tidak ada'))
  const body = whole
    ? cardText({ ...facts, evidence })
    : `*${ticket.code}*${text === '' ? '' : `: ${maskPersonal(text)}`}`
  return {
    text: `${news}\n${body}`,
    options: cardButtons(ticket.code, ticket.status, ticket.taken_by !== null),
    about: ticket.id,
    file: file?.id ?? '',
  }
}

const NOT_KEPT = 'dokumen; tidak disimpan pada laporan anonim'
const FILE_WORDS: Record<string, string> = {
  'application/pdf': '1 dokumen PDF (metadata tidak dihapus)',
  'audio/ogg': '1 pesan suara (metadata tidak dihapus)',
}

/** A file of this very ticket, and how it is called on a card; what was sent as it was keeps its metadata, and says so. */
async function fileOf(
  room: Room,
  ticket: TicketRow,
  id: string,
): Promise<{ id: string; words: string } | undefined> {
  if (id === '') return undefined
  const { rows } = await room.client.query<{ mime: string }>(
    'select mime from files where id = $1 and ticket_id = $2',
    [id, ticket.id],
  )
  const mime = rows[0]?.mime
  return mime === undefined ? undefined : { id, words: FILE_WORDS[mime] ?? '1 foto' }
}

function cardFacts(room: Room, ticket: TicketRow): Omit<CardFacts, 'evidence'> {
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
