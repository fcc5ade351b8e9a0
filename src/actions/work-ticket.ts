import { cardButtons } from '../desk/card.ts'
import { toldCitizen } from '../desk/citizen-words.ts'
import { isVerb, VERBS, type Verb, type VerbName } from '../desk/verbs.ts'
import { REASONS, type Status } from '../records/statuses.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { openTaker, sealEvent, sealTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room, Tell } from './action.ts'
import { attachFiles } from './attach-files.ts'
import { chosen } from './chosen.ts'
import { originOf } from './correct-reply.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { languageOf } from './language-of.ts'
import { lookAtTicket } from './look-at-ticket.ts'
import { refusal } from './refusal.ts'
import { whoActs } from './who-acts.ts'

/** How each verb is written in a ticket's history. */
const EVENTS: Record<Exclude<VerbName, 'look' | 'who'>, string> = {
  take: 'taken',
  reply: 'replied',
  ask: 'asked',
  note: 'noted',
  forward: 'forwarded',
  decline: 'declined',
  not_ours: 'not_ours',
  resolve: 'resolved',
  reopen: 'reopened',
}

/** Staff do something with a ticket: checked against its desk and state, recorded, and told to the citizen. */
export const workTicket: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await work(room, request))
  return outcomes
}

async function work(room: Room, request: Request): Promise<Outcome> {
  const { verb = '', ticket: typed = '', words: written = '' } = request.with
  const staff = await whoActs(room, request)
  // To strangers the group is a wall: not even a refusal, which would tell them that somebody listens.
  if (staff === undefined) return { result: {} }
  const ticket = await deskTicket(room, request)
  if (ticket === undefined || !isVerb(verb)) return { result: notHere(typed) }
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined) return said(ticket, `${ticket.code}: datanya sudah dihapus atas permintaan pelapor.`)
  const takenBy = openTaker(room.sealing, key, ticket.id, ticket.taken_by)
  const words = chosen(room, request, verb, written)
  const refused = refusal(room, request, ticket, verb, { words, takenBy, staff })
  if (refused !== undefined) return said(ticket, refused)
  if (verb === 'who')
    return said(
      ticket,
      `${ticket.code}: ${takenBy === undefined ? 'belum diambil' : `ditangani ${takenBy}`}.`,
    )
  if (verb === 'look') return said(ticket, await lookAtTicket(room, request, ticket, staff))

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
      zone: room.houseOf(request.office).office.zone,
    },
    {
      ...(status === undefined ? {} : { status }),
      ...(verb === 'forward' ? { desk: words } : {}),
      ...(verb === 'decline' ? { reason: words } : {}),
      ...(takes ? { takenBy: sealTaker(room.sealing, key, ticket.id, staff) } : {}),
    },
  )
  const { file = '' } = request.with
  if (file !== '') await attachFiles(room.client, request.conversation.id, ticket, [file])
  return {
    ...said(ticket, done(verb, ticket, staff), {
      status: status ?? ticket.status,
      isTaken: isTaken || takes,
    }),
    tells: await tells(room, request, ticket, verb, words),
  }
}

/** Words staff typed for people; a desk's or reason's name is kept in its own column instead. */
function wordsKept(verb: VerbName, words: string): { text?: string } {
  return words === '' || verb === 'forward' || verb === 'decline' ? {} : { text: words }
}

function done(verb: VerbName, ticket: TicketRow, staff: string): string {
  if (verb === 'note') return `Catatan ${staff} untuk ${ticket.code} disimpan; pelapor tidak melihatnya.`
  const heard =
    ticket.conversation_id === null ? 'Pelapor membacanya lewat tanda terima.' : 'Pelapor diberi tahu.'
  const { done: doing = '' }: Verb = VERBS[verb]
  return `${ticket.code} ${doing} ${staff}. ${heard}`
}

function said(
  ticket: TicketRow,
  text: string,
  now: { status: Status; isTaken: boolean } = { status: ticket.status, isTaken: ticket.taken_by !== null },
): Outcome & { result: object } {
  return {
    result: {
      text,
      options: cardButtons(ticket.code, now.status, now.isTaken),
      about: ticket.id,
      title: ticket.code,
    },
  }
}

async function tells(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
  words: string,
): Promise<Tell[]> {
  const { ref = '', file = '' } = request.with
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
  const language = await languageOf(room.client, ticket.conversation_id)
  const spoken = verb === 'decline' ? (REASONS[words]?.[language === 'en' ? 'en' : 'id'] ?? words) : words
  const told = toldCitizen(verb, { code: ticket.code, words: spoken, language })
  if (told === undefined) return toDesk
  return [
    ...toDesk,
    {
      ...common,
      key: `${request.key}/wrote`,
      to: { conversationId: ticket.conversation_id },
      said: {
        type: 'staff_wrote',
        ticket: ticket.code,
        ...told,
        ...(file === '' ? {} : { file }),
        ...(ref === '' ? {} : { origin: originOf(room, request, ref) }),
      },
    },
  ]
}
