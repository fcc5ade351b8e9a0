import { followersOf } from '../records/followers.ts'
import { joinTicket, partTickets } from '../records/merges.ts'
import { STATUS_WORDS } from '../records/statuses.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketsById } from '../records/tickets.ts'
import type { Outcome, Request, Room, Tell } from './action.ts'
import { askAgain } from './ask-again.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { deskTicket } from './desk-ticket.ts'
import { mayBeFollowed } from './follow-first.ts'
import { languageOf } from './language-of.ts'
import { joinedText, partedText } from './parted-text.ts'

/**
 * *gabung A B* joins B to A: whoever filed or follows B is told so and is answered through A from now on. Only what is open to all
 * may be joined: an answer meant for one must be fit for every one of them.
 */
export async function mergeTicket({ room, request, ticket: first, words, staff }: Work): Promise<Outcome> {
  const typed = words.trim().replace(/^#/, '')
  const second = await deskTicket(room, { ...request, with: { ...request.with, ticket: typed } })
  if (second === undefined)
    return askAgain(
      request,
      first,
      'merge',
      `Tidak ada laporan ${readTicketCode(typed) ?? `"${typed}"`} di meja ini.`,
    )
  const wrong = whyNot(room, first, second)
  if (wrong !== undefined) return askAgain(request, first, 'merge', wrong)
  await joinTicket(room.client, second.id, first.id, request.at)
  await note(room, request, second, { type: 'followed', visible: true, staff })
  await note(room, request, first, { type: 'merged', visible: false, staff })
  const text = `${second.code} digabung ke ${first.code} oleh ${staff}. Pelapornya diberi tahu, dan dijawab melalui ${first.code}. Untuk memisahkannya lagi: pisah ${second.code}`
  return {
    ...deskSaid(first, text),
    tells: await tellAll(room, request, second, joinedText),
  }
}

/** *pisah B* makes B again what it was. */
export async function partTicket({ room, request, ticket, staff }: Work): Promise<Outcome> {
  if (ticket.merged_into === null) return deskSaid(ticket, `${ticket.code} tidak sedang digabung.`)
  await partTickets(room.client, [ticket.id], request.at)
  await note(room, request, ticket, { type: 'parted', visible: true, staff })
  const text = `${ticket.code} dipisahkan lagi oleh ${staff}, seperti sebelum digabung. Pelapornya diberi tahu.`
  const parted = (await ticketsById(room.client, [ticket.id])).get(ticket.id)
  return {
    ...deskSaid(parted ?? ticket, text),
    tells: await tellAll(room, request, ticket, partedText),
  }
}

function whyNot(room: Room, first: TicketRow, second: TicketRow): string | undefined {
  if (second.id === first.id) return `${first.code} tidak dapat digabung dengan dirinya sendiri.`
  for (const one of [first, second]) {
    if (one.merged_into !== null) return `${one.code} sudah digabung. Ketik "pisah ${one.code}" dahulu.`
    if (!mayBeFollowed(room, one))
      return `${one.code} (${STATUS_WORDS[one.status].id}) tidak dapat digabung: hanya laporan terbuka yang masih ditangani.`
  }
  return undefined
}

async function note(
  room: Room,
  request: Request,
  ticket: TicketRow,
  { type, visible, staff }: { type: string; visible: boolean; staff: string },
): Promise<void> {
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const { zone } = room.houseOf(request.office).office
  const sealed = key === undefined ? null : sealEvent(room.sealing, key, ticket.id, { by: staff })
  await recordEvent(room.client, ticket, { type, visible, sealed, at: request.at, zone })
}

/** The citizen of a ticket and everyone who follows it, each about their own report. */
async function tellAll(
  room: Room,
  request: Request,
  ticket: TicketRow,
  text: (to: { code: string; language: string }) => string,
): Promise<Tell[]> {
  const { conversation_id } = ticket
  const own =
    conversation_id === null
      ? []
      : [{ ...ticket, conversation_id, language: await languageOf(room.client, conversation_id) }]
  const told = new Set<string>()
  return [...own, ...(await followersOf(room.client, ticket.id))].flatMap(one => {
    if (one.conversation_id === null || told.has(one.conversation_id)) return []
    told.add(one.conversation_id)
    return {
      key: `${request.key}/${one.id}`,
      office: ticket.office,
      to: { conversationId: one.conversation_id },
      said: { type: 'staff_wrote', ticket: one.code, kind: 'told', text: text(one) },
      at: request.at,
    }
  })
}
