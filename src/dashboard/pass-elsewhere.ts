import { languageOf } from '../actions/language-of.ts'
import { storeTold } from '../inbox/store-told.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, ticketKey } from '../records/ticket-words.ts'
import { ticketByCode } from '../records/tickets.ts'
import type { Seat } from './door.ts'
import { goTo } from './page.ts'
import { mayRead } from './rights.ts'
import type { ShowTicket } from './tickets.ts'

const SYSTEM = 'SP4N-LAPOR!'
const TRACKING = /^[0-9A-Za-z-]{4,30}$/

/** Keeps the number a report has at SP4N-LAPOR!, where staff entered it, and tells its citizen. */
export async function passElsewhere(seat: Seat, show: ShowTicket): Promise<Response> {
  const { t, form } = seat
  const tracking = form.of('tracking')
  if (!TRACKING.test(tracking))
    return show(seat, {
      said: {
        text: t(
          'Nomor pelacakan: 4–30 huruf, angka, atau tanda hubung.',
          'The tracking id: 4–30 letters, digits or dashes.',
        ),
        good: false,
      },
    })
  const code = await transaction(seat.door.db, client => pass(seat, tracking, client))
  if (code === undefined)
    return show(seat, {
      said: {
        text: t('Laporan ini tidak dapat diteruskan.', 'This ticket cannot be passed on.'),
        good: false,
      },
    })
  return goTo(seat, `/tickets/${code}?done=elsewhere`)
}

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

async function pass(seat: Seat, tracking: string, client: Client): Promise<string | undefined> {
  const { door, house, member, c } = seat
  const { sealing } = door.room
  const { office } = house
  const at = door.now()
  const ticket = await ticketByCode(client, office.id, readTicketCode(c.req.param('code') ?? '') ?? '')
  if (ticket === undefined || !mayRead(member, office, ticket) || ticket.closed_at !== null) return undefined
  const key = ticketKey(sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined) return undefined
  const { rowCount } = await client.query(
    `insert into tickets_elsewhere (ticket_id, system, tracking, noted_at) values ($1, $2, $3, $4)
     on conflict (ticket_id, system) do update set tracking = excluded.tracking, noted_at = excluded.noted_at
       where tickets_elsewhere.tracking <> excluded.tracking`,
    [ticket.id, SYSTEM, tracking, at],
  )
  // The same number again is no news.
  if (rowCount === 0) return ticket.code
  const sealed = sealEvent(sealing, key, ticket.id, { by: member.name, text: tracking })
  await recordEvent(client, ticket, { type: 'elsewhere', visible: true, sealed, at, zone: office.zone })
  const entry = { office: office.id, actor: member.id, action: 'ticket_elsewhere', subject: ticket.code }
  await note(client, sealing, entry, at)
  if (ticket.conversation_id !== null) {
    const language = await languageOf(client, ticket.conversation_id)
    const text =
      language === 'en'
        ? `Your report ${ticket.code} was passed on to ${SYSTEM} under the tracking id ${tracking}.`
        : `Laporan ${ticket.code} diteruskan ke ${SYSTEM} dengan nomor pelacakan ${tracking}.`
    await storeTold(client, sealing, {
      key: `elsewhere/${ticket.id}/${tracking}`,
      office: office.id,
      to: { conversationId: ticket.conversation_id },
      said: { type: 'staff_wrote', ticket: ticket.code, kind: 'told', text },
      at,
    })
  }
  return ticket.code
}
