import type { TicketNews } from '../desk/desk-state.ts'
import { ENDED, type Status } from '../records/statuses.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketByCode, ticketsOfConversation } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { attachFiles, fileIdsIn } from './attach-files.ts'

/** A ticket as its own citizen may touch it: filed from this very conversation. Anybody else's is no ticket at all. */
export async function ownTicket(room: Room, request: Request): Promise<TicketRow | undefined> {
  const code = readTicketCode(request.with.ticket ?? '')
  if (code === undefined) return undefined
  const ticket = await ticketByCode(room.client, request.office, code)
  return ticket?.conversation_id === request.conversation.id ? ticket : undefined
}

/** Records what the citizen did to their ticket and lets the desk know. */
export async function tellDesk(
  room: Room,
  request: Request,
  ticket: TicketRow,
  news: { what: TicketNews; type: string; status?: Status; text: string; file?: string },
): Promise<Outcome> {
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const { text, file = '' } = news
  const words = { ...(text === '' ? {} : { text }), ...(file === '' ? {} : { file }) }
  await recordEvent(
    room.client,
    ticket,
    {
      type: news.type,
      visible: true,
      sealed: key === undefined ? null : sealEvent(room.sealing, key, ticket.id, words),
      at: request.at,
    },
    news.status === undefined ? {} : { status: news.status },
  )
  const files = fileIdsIn({ file })
  if (files.length > 0) await attachFiles(room.client, request.conversation.id, ticket, files)
  return {
    result: { code: ticket.code },
    tells: [
      {
        key: `${request.key}/${news.type}`,
        office: request.office,
        to: { desk: ticket.desk },
        said: { type: 'ticket_told', what: news.what, ticketId: ticket.id, text, file: files[0] ?? '' },
        at: request.at,
      },
    ],
  }
}

/** Something more about an open ticket. What the desk had asked for brings it back into work. */
export const addMessage: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else outcomes.push(await tellDesk(room, request, ticket, { ...added(ticket), ...words(request) }))
  }
  return outcomes
}

function added(ticket: TicketRow): { what: TicketNews; type: string; status?: Status } {
  const resumes = ticket.status === 'waiting_citizen'
  return { what: 'added', type: 'added', ...(resumes ? { status: 'in_progress' as const } : {}) }
}

function words(request: Request): { text: string; file: string } {
  return { text: request.with.text ?? '', file: request.with.file ?? '' }
}

/** While a person talks, everything the citizen writes goes to the newest open question of this conversation. */
export const relayToStaff: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const tickets = await ticketsOfConversation(room.client, request.conversation.id)
    const ticket = tickets.find(({ kind, status }) => kind === 'information' && !ENDED.includes(status))
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else
      outcomes.push(await tellDesk(room, request, ticket, { what: 'said', type: 'added', ...words(request) }))
  }
  return outcomes
}

/** "Sudah selesai": the citizen closes what the office answered. */
export const confirmSolved: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else
      outcomes.push(
        await tellDesk(room, request, ticket, { what: 'solved', type: 'solved', status: 'closed', text: '' }),
      )
  }
  return outcomes
}

/** "Belum selesai": an answered or closed ticket goes back into work, with what the citizen adds. */
export const reopenTicket: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const ticket = await ownTicket(room, request)
    if (ticket === undefined) outcomes.push({ failed: 'unknown_ticket' })
    else {
      const news = {
        what: 'unsolved' as const,
        type: 'reopened',
        status: 'in_progress' as const,
        ...words(request),
      }
      outcomes.push(await tellDesk(room, request, ticket, news))
    }
  }
  return outcomes
}
