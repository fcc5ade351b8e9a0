import { capital, cardButtons } from '../desk/card.ts'
import { toldCitizen } from '../desk/citizen-words.ts'
import { isVerb, VERBS, type Verb, type VerbName } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { REASONS, STATUS_WORDS, type Status } from '../records/statuses.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { openTaker, sealEvent, sealTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room, Tell } from './action.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { mayGo } from './prompt-staff.ts'

/** How each verb is written in a ticket's history. */
const EVENTS: Record<VerbName, string> = {
  take: 'taken',
  reply: 'replied',
  ask: 'asked',
  note: 'noted',
  forward: 'forwarded',
  decline: 'declined',
  not_ours: 'not_ours',
  resolve: 'resolved',
  reopen: 'reopened',
  who: 'looked',
}

/** Staff do something with a ticket: checked against its desk and state, recorded, and told to the citizen. */
export const workTicket: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await work(room, request))
  return outcomes
}

async function work(room: Room, request: Request): Promise<Outcome> {
  const { verb = '', ticket: typed = '', staff = '', words = '' } = request.with
  const ticket = await deskTicket(room, request, typed)
  if (ticket === undefined || !isVerb(verb)) return { result: notHere(typed) }
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined) return said(ticket, `${ticket.code}: datanya sudah dihapus atas permintaan pelapor.`)
  const takenBy = openTaker(room.sealing, key, ticket.id, ticket.taken_by)
  const refused = refusal(room, request, ticket, verb, takenBy)
  if (refused !== undefined) return said(ticket, refused)
  if (verb === 'who')
    return said(
      ticket,
      `${ticket.code}: ${takenBy === undefined ? 'belum diambil' : `ditangani ${takenBy}`}.`,
    )

  const { to: status }: Verb = VERBS[verb]
  const isTaken = takenBy !== undefined
  // Whoever works on an untaken ticket has taken it.
  const takes = verb === 'take' || (!isTaken && verb !== 'note' && verb !== 'forward')
  await recordEvent(
    room.client,
    ticket,
    {
      type: EVENTS[verb],
      visible: verb !== 'note',
      sealed: sealEvent(room.sealing, key, ticket.id, { by: staff, ...wordsKept(verb, words) }),
      at: request.at,
    },
    {
      ...(status === undefined ? {} : { status }),
      ...(verb === 'forward' ? { desk: words } : {}),
      ...(verb === 'decline' ? { reason: words } : {}),
      ...(takes ? { takenBy: sealTaker(room.sealing, key, ticket.id, staff) } : {}),
    },
  )
  return {
    ...said(ticket, done(verb, ticket, staff), {
      status: status ?? ticket.status,
      isTaken: isTaken || takes,
    }),
    tells: await tells(room, request, ticket, verb, words),
  }
}

/** Why it may not be done, or undefined when it may. */
function refusal(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
  takenBy: string | undefined,
): string | undefined {
  const { staff = '', words = '' } = request.with
  const { office } = room.houseOf(request.office)
  if (verb === 'take' && takenBy !== undefined && ticket.status !== 'forwarded') {
    return takenBy === staff ? `${ticket.code} sudah Anda ambil.` : `${ticket.code} sudah diambil ${takenBy}.`
  }
  if (!(VERBS[verb].from as readonly Status[]).includes(ticket.status)) {
    return `${ticket.code} sekarang ${STATUS_WORDS[ticket.status].id}; "${VERBS[verb].says}" tidak dapat dilakukan.`
  }
  if (verb === 'forward') {
    if (!Object.hasOwn(office.desks, words)) {
      return `Tidak ada meja "${words}". Yang ada: ${Object.keys(office.desks).join(', ')}.`
    }
    if (words === ticket.desk) return `${ticket.code} sudah di meja ini.`
    if (!mayGo(ticket, isRestrictedDesk(office, words))) {
      return `${ticket.code} bersifat terbatas dan tidak dapat diteruskan ke meja umum.`
    }
  }
  if (verb === 'decline' && !Object.hasOwn(REASONS, words)) {
    return `Alasan harus salah satu dari: ${Object.keys(REASONS).join(', ')}.`
  }
  return undefined
}

/** Words staff typed for people; a desk's or reason's name is kept in its own column instead. */
function wordsKept(verb: VerbName, words: string): { text?: string } {
  return words === '' || verb === 'forward' || verb === 'decline' ? {} : { text: words }
}

function done(verb: VerbName, ticket: TicketRow, staff: string): string {
  if (verb === 'note') return `Catatan ${staff} untuk ${ticket.code} disimpan; pelapor tidak melihatnya.`
  const heard =
    ticket.conversation_id === null ? 'Pelapor membacanya lewat tanda terima.' : 'Pelapor diberi tahu.'
  return `${capital(VERBS[verb].says)}: ${ticket.code} oleh ${staff}. ${heard}`
}

function said(
  ticket: TicketRow,
  text: string,
  now: { status: Status; isTaken: boolean } = { status: ticket.status, isTaken: ticket.taken_by !== null },
): Outcome & { result: object } {
  return { result: { text, options: cardButtons(ticket.code, now.status, now.isTaken), about: ticket.id } }
}

async function tells(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
  words: string,
): Promise<Tell[]> {
  const common = { office: ticket.office, at: request.at }
  const toDesk: Tell[] =
    verb === 'forward'
      ? [
          {
            ...common,
            key: `${request.key}/forwarded`,
            to: { desk: words },
            said: { type: 'ticket_told', what: 'forwarded', ticketId: ticket.id },
          },
        ]
      : []
  if (ticket.conversation_id === null) return toDesk
  const { rows } = await room.client.query<{ language: string }>(
    'select language from conversations where id = $1',
    [ticket.conversation_id],
  )
  const language = rows[0]?.language ?? 'id'
  const spoken = verb === 'decline' ? (REASONS[words]?.[language === 'en' ? 'en' : 'id'] ?? words) : words
  const told = toldCitizen(verb, { code: ticket.code, words: spoken, language })
  if (told === undefined) return toDesk
  return [
    ...toDesk,
    {
      ...common,
      key: `${request.key}/wrote`,
      to: { conversationId: ticket.conversation_id },
      said: { type: 'staff_wrote', ticket: ticket.code, ...told },
    },
  ]
}
