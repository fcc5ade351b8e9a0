import { followersOf } from '../records/followers.ts'
import { joinTicket, partTickets } from '../records/merges.ts'
import { STATUS_WORDS } from '../records/statuses.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketByCode } from '../records/tickets.ts'
import type { Request, Room, Tell } from './action.ts'
import { mayBeFollowed } from './follow-first.ts'
import { languageOf } from './language-of.ts'
import { joinedText, partedText } from './parted-text.ts'

type Done = { text: string; tells: Tell[] }

/**
 * *gabung A B* joins B to A: whoever filed or follows B is told so and is answered through A from now on. *pisah B* makes B again
 * what it was. Only what is open to all may be joined: an answer meant for one must be fit for every one of them.
 */
export async function mergeOrPart(
  room: Room,
  request: Request,
  ticket: TicketRow,
  { verb, words, staff }: { verb: 'merge' | 'part'; words: string; staff: string },
): Promise<Done> {
  return verb === 'merge' ? merge(room, request, ticket, words, staff) : part(room, request, ticket, staff)
}

async function merge(
  room: Room,
  request: Request,
  first: TicketRow,
  typed: string,
  staff: string,
): Promise<Done> {
  const code = readTicketCode(typed)
  const found = code === undefined ? undefined : await ticketByCode(room.client, request.office, code)
  const second = found?.desk === first.desk ? found : undefined
  if (second === undefined) return refused(`Tidak ada laporan ${code ?? `"${typed}"`} di meja ini.`)
  if (second.id === first.id) return refused(`${first.code} tidak dapat digabung dengan dirinya sendiri.`)
  for (const one of [first, second]) {
    if (one.merged_into !== null)
      return refused(`${one.code} sudah digabung. Ketik "pisah ${one.code}" dahulu.`)
    if (!mayBeFollowed(room, one))
      return refused(
        `${one.code} (${STATUS_WORDS[one.status].id}) tidak dapat digabung: hanya laporan terbuka yang masih ditangani.`,
      )
  }
  await joinTicket(room.client, second.id, first.id, request.at)
  await note(room, request, second, { type: 'followed', visible: true, staff })
  await note(room, request, first, { type: 'merged', visible: false, staff })
  return {
    text: `${second.code} digabung ke ${first.code} oleh ${staff}. Pelapornya diberi tahu, dan dijawab melalui ${first.code}. Untuk memisahkannya lagi: pisah ${second.code}`,
    tells: await tellAll(room, request, second, joinedText),
  }
}

async function part(room: Room, request: Request, ticket: TicketRow, staff: string): Promise<Done> {
  if (ticket.merged_into === null) return refused(`${ticket.code} tidak sedang digabung.`)
  await partTickets(room.client, [ticket.id], request.at)
  await note(room, request, ticket, { type: 'parted', visible: true, staff })
  return {
    text: `${ticket.code} dipisahkan lagi oleh ${staff}, seperti sebelum digabung. Pelapornya diberi tahu.`,
    tells: await tellAll(room, request, ticket, partedText),
  }
}

function refused(text: string): Done {
  return { text, tells: [] }
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
