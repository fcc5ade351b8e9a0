import { localTime } from '../lib/local-time.ts'
import { codesEnding, readTicketCode } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode, ticketsById } from '../records/tickets.ts'
import { ticketOfMessage, ticketOfTopic } from '../records/topics.ts'
import type { Request, Room } from './action.ts'

/**
 * A ticket as the desk whose group is speaking may touch it: by its code, else by the topic or the message it was said
 * about. Another desk's ticket is answered like an unknown one: the general group must not even learn that a restricted
 * ticket exists.
 */
export async function deskTicket(room: Room, request: Request): Promise<TicketRow | undefined> {
  const { ticket: typed = '' } = request.with
  const ticket = typed === '' ? await ticketAround(room, request) : await ticketCalled(room, request, typed)
  return ticket?.desk === request.conversation.desk ? ticket : undefined
}

/** How far back the end of a code is looked for: tickets are kept a year after they are closed, and few are open for two. */
const MONTHS = 36

async function ticketCalled(room: Room, request: Request, typed: string): Promise<TicketRow | undefined> {
  const whole = readTicketCode(typed)
  if (whole !== undefined) return ticketByCode(room.client, request.office, whole)
  const { office } = room.houseOf(request.office)
  const span = { local: localTime(office.zone, request.at), months: MONTHS }
  // Two that end alike, years apart: the newest of this desk is meant, and the answer names it whole.
  for (const code of codesEnding(office.code, typed, span) ?? []) {
    const found = await ticketByCode(room.client, request.office, code)
    if (found?.desk === request.conversation.desk) return found
  }
  return undefined
}

/** The message answered says more than the topic it stands in: somebody may answer a card in the topic of another. */
async function ticketAround(room: Room, request: Request): Promise<TicketRow | undefined> {
  const { id } = request.conversation
  const { replyTo = '', thread = '' } = request.with
  const ticketId =
    (replyTo === '' ? undefined : await ticketOfMessage(room.client, id, replyTo)) ??
    (thread === '' ? undefined : await ticketOfTopic(room.client, id, thread))
  if (ticketId === undefined) return undefined
  return (await ticketsById(room.client, [ticketId])).get(ticketId)
}

/** What is said where no ticket is meant, or one that is not this desk's: in the topic it was said in, if it is a ticket's. */
export async function notHere(room: Room, request: Request): Promise<Record<string, string>> {
  const { ticket: typed = '' } = request.with
  const here =
    typed === '' ? undefined : await deskTicket(room, { ...request, with: { ...request.with, ticket: '' } })
  const where: Record<string, string> = here === undefined ? {} : { about: here.id, title: here.code }
  return { text: whyNotHere(typed), ...where }
}

function whyNotHere(typed: string): string {
  if (typed === '') return 'Sertakan nomor laporannya, atau balas kartu laporan itu.'
  const isEnd = codesEnding('', typed, { local: '', months: 0 }) !== undefined
  const code = isEnd ? `#${typed.toUpperCase()}` : readTicketCode(typed)
  return code === undefined
    ? `"${typed}" bukan nomor laporan. Mohon periksa hurufnya.`
    : `Tidak ada laporan ${code} di meja ini.`
}
