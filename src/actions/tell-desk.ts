import type { TicketNews } from '../desk/desk-state.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { Status } from '../records/statuses.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Outcome, Request, Room } from './action.ts'
import { attachFiles, fileIdsIn } from './attach-files.ts'
import { moveToRestricted } from './move-to-restricted.ts'
import { isHeavy } from './weigh-report.ts'

export type CitizenNews = {
  what: TicketNews | 'withdrawn'
  type: string
  status?: Status
  text: string
  file?: string
}

/**
 * Records what the citizen did to their ticket and lets the desk know. Words berkadar pengawasan take the ticket to
 * the restricted desk first: the group it leaves is told nothing, for the person complained about may read there.
 */
export async function tellDesk(
  room: Room,
  request: Request,
  ticket: TicketRow,
  news: CitizenNews,
): Promise<Outcome> {
  const { office } = room.houseOf(request.office)
  const { text, file = '' } = news
  const moves = isHeavy(text) && !isRestrictedDesk(office, ticket.desk)
  const desk = moves ? await moveToRestricted(room, request, ticket) : ticket.desk
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const words = { ...(text === '' ? {} : { text }), ...(file === '' ? {} : { file }) }
  await recordEvent(
    room.client,
    ticket,
    {
      type: news.type,
      visible: true,
      sealed: key === undefined ? null : sealEvent(room.sealing, key, ticket.id, words),
      at: request.at,
      zone: office.zone,
    },
    news.status === undefined ? {} : { status: news.status },
  )
  const files = fileIdsIn({ file })
  if (files.length > 0) await attachFiles(room.client, request.conversation.id, ticket, files)
  const what: CitizenNews['what'] = moves ? 'moved' : news.what
  return {
    result: { code: ticket.code },
    tells: [
      {
        key: `${request.key}/${news.type}`,
        office: request.office,
        to: { desk },
        said: { type: 'ticket_told', what, ticketId: ticket.id, text, file: files[0] ?? '' },
        at: request.at,
      },
    ],
  }
}
