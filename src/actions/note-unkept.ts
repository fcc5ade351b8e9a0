import { linkedTo } from '../records/links.ts'
import { ENDED } from '../records/statuses.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { openEvent, sealEvent, ticketKey } from '../records/ticket-words.ts'
import { type TicketRow, ticketsOfConversations } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { ownTicket } from './own-ticket.ts'

/** So long one note counts on; then a new one begins. */
const NOTE = `interval '24 hours'`

/**
 * Files of the citizen were not kept, as there were too many that day. Their open report notes how many, so that staff can ask for
 * them: the one named, or else the newest. The desk is told of the first. Without an open report there is nobody to tell.
 */
export const noteUnkept: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await noteOne(room, request))
  return outcomes
}

async function noteOne(room: Room, request: Request): Promise<Outcome> {
  const ticket = await openTicketOf(room, request)
  if (ticket === undefined) return { result: {} }
  const { sealing, client } = room
  const key = ticketKey(sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined) return { result: {} }
  const { rows } = await client.query<{ id: string; sealed: Buffer | null }>(
    `select id, sealed from ticket_events
     where ticket_id = $1 and type = 'unkept' and happened_at > $2::timestamptz - ${NOTE} order by id desc limit 1 for update`,
    [ticket.id, request.at],
  )
  const [earlier] = rows
  if (earlier !== undefined) {
    const { text = '' } = openEvent(sealing, key, ticket.id, earlier.sealed)
    const words = { text: files(Number.parseInt(text, 10) + 1) }
    await client.query('update ticket_events set sealed = $2 where id = $1', [
      earlier.id,
      sealEvent(sealing, key, ticket.id, words),
    ])
    return { result: {} }
  }
  const { office } = room.houseOf(request.office)
  const sealed = sealEvent(sealing, key, ticket.id, { text: files(1) })
  const event = { type: 'unkept', visible: false, sealed, at: request.at, zone: office.zone }
  await recordEvent(client, ticket, event)
  const said = { type: 'ticket_told', what: 'added', ticketId: ticket.id, text: TO_DESK, file: '' }
  return {
    result: {},
    tells: [
      {
        key: `${request.key}/unkept`,
        office: request.office,
        to: { desk: ticket.desk },
        said,
        at: request.at,
      },
    ],
  }
}

const TO_DESK =
  '(Berkas dari pelapor tidak disimpan, karena batas berkas sehari tercapai. Jumlahnya tercatat di riwayat laporan; berkasnya dapat diminta lagi besok.)'

function files(count: number): string {
  return `${count} berkas tidak disimpan: batas berkas sehari tercapai`
}

async function openTicketOf(room: Room, request: Request): Promise<TicketRow | undefined> {
  const named = await ownTicket(room, request)
  if (named !== undefined && !ENDED.includes(named.status)) return named
  const { id } = request.conversation
  const other = await linkedTo(room.client, id)
  const chats = other === undefined ? [id] : [id, other]
  const tickets = await ticketsOfConversations(room.client, chats)
  return tickets.find(({ status }) => !ENDED.includes(status))
}
