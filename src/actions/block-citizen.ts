import type { VerbName } from '../desk/verbs.ts'
import { localTime } from '../lib/local-time.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { formatDay } from '../offices/due-date.ts'
import { blockCitizen, blocksOf, unblockCitizen } from '../records/blocks.ts'
import { chatsOf } from '../records/links.ts'
import { endTalk } from '../records/talks.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent } from '../records/ticket-words.ts'
import { type TicketRow, ticketByCode } from '../records/tickets.ts'
import type { Outcome, Request, Room, Tell } from './action.ts'
import { askAgain } from './ask-again.ts'
import { blockTold } from './block-notice.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { languageOf } from './language-of.ts'
import { mayKnowBlock } from './may-know-block.ts'
import { isHead } from './who-acts.ts'

const DAY_MS = 86_400_000
const MAY_NOT = 'hanya kepala atau admin yang dapat memblokir atau membuka blokir.'
const DAYS = /^(?:selama\s+)?(\d{1,3})\s*hari\b[\s,.:;-]*/i

/** Why a person of staff is not asked for a reason: only heads and admins block. Undefined for other verbs, and for them. */
export async function mayNotBlock(
  room: Room,
  request: Request,
  { code }: TicketRow,
  verb: VerbName,
): Promise<string | undefined> {
  return verb !== 'block' || (await isHead(room, request)) ? undefined : `${code}: ${MAY_NOT}`
}

/**
 * *blokir*: a citizen's words do not reach staff for so many days, from this chat and the one linked to it, and they are told why
 * and how to object.
 */
export async function block(work: Work): Promise<Outcome> {
  const { room, request, ticket, staff, words } = work
  const { code, conversation_id: conversationId } = ticket
  if (!(await isHead(room, request))) return deskSaid(ticket, `${code}: ${MAY_NOT}`)
  if (conversationId === null)
    return deskSaid(ticket, `${code}: pelapornya anonim dan tidak diketahui, jadi tidak dapat diblokir.`)
  const { office, book } = room.houseOf(request.office)
  const most = book.house.block.days
  const days = Number(DAYS.exec(words)?.[1] ?? most)
  const reason = words
    .replace(DAYS, '')
    .replace(/^karena\s+/i, '')
    .trim()
  if (days < 1 || days > most) return askAgain(request, ticket, 'block', `${code}: paling lama ${most} hari.`)
  if (reason.length < 5)
    return askAgain(
      request,
      ticket,
      'block',
      `${code}: apa alasannya? Pelapor akan membacanya. Contoh: 7 hari kata-kata kasar.`,
    )
  const until = new Date(request.at.getTime() + days * DAY_MS)
  const chats = await chatsOf(room.client, conversationId)
  const tells: Tell[] = []
  for (const chat of chats) {
    await blockCitizen(room.client, { conversationId: chat, office: office.id, ticketId: ticket.id, until })
    // Their talk, if there is one, ends with it; they are told by the very notice.
    await endTalk(room.client, chat)
    const language = await languageOf(room.client, chat)
    tells.push(blockTold(room, request, { conversationId: chat, until, reason, language }))
  }
  await note(work, 'blocked', reason)
  const shown = formatDay(localTime(office.zone, until).slice(0, 10), 'id')
  return {
    ...deskSaid(
      ticket,
      `${code}: pelapor diblokir ${staff} sampai ${shown}. Pelapor diberi tahu alasannya dan cara berkeberatan. Keadaan darurat, status, data pribadi, dan laporan ke meja terbatas tetap dilayani.`,
    ),
    tells,
  }
}

/** *buka blokir*. */
export async function unblock(work: Work): Promise<Outcome> {
  const { room, request, ticket, staff } = work
  const { code, conversation_id: conversationId } = ticket
  if (!(await isHead(room, request))) return deskSaid(ticket, `${code}: ${MAY_NOT}`)
  const freed = conversationId === null ? [] : await unblockChats(work, conversationId)
  if (freed.length === 0) return deskSaid(ticket, `${code}: pelapor tidak sedang diblokir.`)
  await note(work, 'unblocked', '')
  const { result } = deskSaid(ticket, `${code}: blokir dibuka ${staff}. Pelapor diberi tahu.`)
  return {
    // The desk that reads objections can do nothing else with the ticket of another.
    result: ticket.desk === request.conversation.desk ? result : { ...result, options: {} },
    tells: freed.map(chat => ({
      key: `${request.key}/unblocked/${chat}`,
      office: ticket.office,
      to: { conversationId: chat },
      said: { type: 'staff_unblocked' },
      at: request.at,
    })),
  }
}

/** The chats of a citizen that were blocked, and are no more; for a desk that may not know of a block there is none. */
async function unblockChats({ room, request }: Work, conversationId: string): Promise<string[]> {
  const { client } = room
  const { office, conversation, at } = request
  const freed: string[] = []
  const blocks = await blocksOf(client, await chatsOf(client, conversationId), at)
  for (const [chat, block] of blocks) {
    if (!(await mayKnowBlock(room, block, { office, desk: conversation.desk }))) continue
    if (await unblockCitizen(client, chat)) freed.push(chat)
  }
  return freed
}

/** A ticket of another desk whose block the restricted desk may lift: objections are read there. */
export async function ticketOfObjection(room: Room, request: Request): Promise<TicketRow | undefined> {
  const { verb, ticket: typed = '' } = request.with
  const { office } = room.houseOf(request.office)
  const code = readTicketCode(typed)
  if (verb !== 'unblock' || code === undefined || !isRestrictedDesk(office, request.conversation.desk))
    return undefined
  return ticketByCode(room.client, request.office, code)
}

async function note({ room, request, ticket, key, staff }: Work, type: string, text: string): Promise<void> {
  await recordEvent(room.client, ticket, {
    type,
    visible: false,
    sealed: sealEvent(room.sealing, key, ticket.id, { by: staff, ...(text === '' ? {} : { text }) }),
    at: request.at,
    zone: room.houseOf(request.office).office.zone,
  })
}
