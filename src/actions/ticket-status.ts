import { timingSafeEqual } from 'node:crypto'
import { formatDue } from '../offices/due-date.ts'
import { standingOf } from '../records/followers.ts'
import { linkedTo } from '../records/links.ts'
import { hashOfReceipt } from '../records/look-up.ts'
import { pinOf, readReceipt, readTicketCode, receiptsIn } from '../records/ticket-code.ts'
import { type TicketRow, ticketByCode, ticketByReceipt } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { isOwn } from './own-ticket.ts'
import { LOCKED_MS, PIN_TRIES } from './pin-lock.ts'
import { statusText } from './status-text.ts'
import { tryUnknown } from './unknown-codes.ts'

/**
 * How a ticket stands, for the account that filed it, for whoever has its PIN, or for whoever has an anonymous
 * report's receipt. A stranger is asked for a PIN whether the ticket exists or not, and hears the same "wrong". Where a receipt was
 * typed nothing that was said may stay: beside the chat it would name who reported.
 */
export const ticketStatus: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const result = await look(room, request)
    const isReceipt = result.by === 'tanda_terima' || receiptsIn(request.with.code ?? '').length > 0
    outcomes.push(isReceipt ? { result, wipe: true } : { result })
  }
  return outcomes
}

type Found = 'ya' | 'pin' | 'salah' | 'terkunci' | 'bentuk' | 'tidak'

/** `by`: what opened it, the account that filed it, its PIN or an anonymous one's receipt; '' while nothing did. */
type Looked = { found: Found; by: 'akun' | 'pin' | 'tanda_terima' | ''; text: string }

async function look(room: Room, request: Request): Promise<Looked> {
  const typed = request.with.code ?? ''
  const receipt = readReceipt(typed)
  if (receipt !== undefined) {
    const ticket = await ticketByReceipt(room.client, hashOfReceipt(room.sealing, request.office, receipt))
    return ticket === undefined ? said('tidak') : shown(room, request, ticket, 'tanda_terima')
  }
  const code = readTicketCode(typed)
  if (code === undefined) return said('bentuk')
  const ticket = await ticketByCode(room.client, request.office, code)
  // A code that is nobody's is asked about as often as a real one: how long an answer takes tells nothing.
  if (ticket === undefined || ticket.conversation_id === null)
    await linkedTo(room.client, request.conversation.id)
  if (ticket !== undefined && (await isOwn(room, request, ticket)))
    return shown(room, request, ticket, 'akun')
  const pin = (request.with.pin ?? '').replace(/\D/g, '')
  if (pin === '') return said('pin')
  // Anonymous tickets have no PIN, and the PIN of an erased one opens nothing: both answer like an unknown code.
  if (ticket === undefined || ticket.anonymous || ticket.wrapped_key === null)
    return said(await triedNobodys(room, request, code))
  if (ticket.pin_locked_until !== null && ticket.pin_locked_until > request.at) return said('terkunci')
  const right = Buffer.from(pinOf(room.pinKey, ticket.id))
  const given = Buffer.from(pin.padEnd(6).slice(0, 6))
  if (pin.length === 6 && timingSafeEqual(right, given)) {
    await room.client.query('update tickets set pin_tries = 0, pin_locked_until = null where id = $1', [
      ticket.id,
    ])
    return shown(room, request, ticket, 'pin')
  }
  const tries = ticket.pin_tries + 1
  const lock = tries >= PIN_TRIES ? new Date(request.at.getTime() + LOCKED_MS) : null
  await count(room, ticket.id, lock === null ? tries : 0, lock)
  return said(lock === null ? 'salah' : 'terkunci')
}

const NOBODYS = '00000000-0000-4000-8000-000000000000'

async function triedNobodys(room: Room, request: Request, code: string): Promise<Found> {
  const { found, counted } = tryUnknown(room, request.office, code, request.at)
  if (counted) await count(room, NOBODYS, 0, null)
  return found
}

async function count(room: Room, ticketId: string, tries: number, lock: Date | null): Promise<void> {
  await room.client.query('update tickets set pin_tries = $2, pin_locked_until = $3 where id = $1', [
    ticketId,
    tries,
    lock,
  ])
}

function said(found: Found): Looked {
  return { found, by: '', text: '' }
}

async function shown(room: Room, request: Request, found: TicketRow, by: Looked['by']): Promise<Looked> {
  const ticket = await standingOf(room.client, found)
  const { calendar } = room.houseOf(request.office)
  const { language } = request.conversation
  const due = ticket.answer_due === null ? '' : formatDue(calendar, ticket.answer_due, language)
  return { found: 'ya', by, text: await statusText(room, ticket, { language, due }) }
}
