import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { askSecond, standOf } from '../records/second-person.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { openFields, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Seat } from './door.ts'
import { mayRead } from './rights.ts'
import type { Opened } from './ticket-page.ts'
import type { ShowTicket } from './tickets.ts'

/** A reason of fewer letters gives none. */
const LEAST_WHY = 8

type Came = { opened: Opened } | { asked: true } | undefined

/**
 * Who sent a report, shown once. The second factor was given and the reason is kept in the log in the same transaction; of a
 * confidential report somebody else has to have agreed within the hour. Of an anonymous one there is nothing to open.
 */
export async function openIdentity(seat: Seat, show: ShowTicket): Promise<Response> {
  const { t, form } = seat
  const why = form.of('why')
  if (why.length < LEAST_WHY)
    return show(seat, {
      said: {
        text: t('Tulis alasannya, paling sedikit 8 huruf.', 'Give a reason of at least 8 letters.'),
        good: false,
      },
    })
  const came = await transaction(seat.door.db, client => open(seat, why, client))
  if (came === undefined)
    return show(seat, {
      said: {
        text: t('Tidak ada identitas yang dapat dibuka.', 'There is no identity to open.'),
        good: false,
      },
    })
  if ('asked' in came)
    return show(seat, {
      said: {
        text: t(
          'Permintaan dikirim. Orang kedua menyetujuinya di halaman Persetujuan; sesudah itu bukalah dari sini.',
          'Asked. A second person agrees on the page Agreements; then open it from here.',
        ),
        good: true,
      },
    })
  return show(seat, {
    opened: came.opened,
    said: {
      text: t(
        'Dibuka untuk sekali lihat; alasannya dicatat.',
        'Open for this look; the reason is written down.',
      ),
      good: true,
    },
  })
}

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

async function open(seat: Seat, why: string, client: Client): Promise<Came> {
  const { door, house, member, c } = seat
  const { sealing } = door.room
  const office = house.office
  const code = readTicketCode(c.req.param('code') ?? '') ?? ''
  const { rows } = await client.query<TicketRow>(
    'select * from tickets where office = $1 and code = $2 for share',
    [office.id, code],
  )
  const [ticket] = rows
  if (ticket === undefined || !mayRead(member, office, ticket) || ticket.anonymous) return undefined
  const key = ticketKey(sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined) return undefined
  const entry = { office: office.id, actor: member.id, subject: ticket.code, why }
  const wish = { what: 'identity' as const, subject: ticket.id, by: member.id }
  if (ticket.confidential && (await standOf(client, wish)) !== 'agreed') {
    await askSecond(client, sealing, { ...wish, office: office.id, why })
    await note(client, sealing, { ...entry, action: 'identity_asked' }, door.now())
    return { asked: true }
  }
  await note(client, sealing, { ...entry, action: 'identity_opened' }, door.now())
  const { name = '' } = openFields(sealing, key, ticket.id, ticket.fields)
  return { opened: { name, contact: await contactOf(seat, client, ticket.conversation_id) } }
}

/** The chat a report came from: channel and address, as the platform gives it. */
async function contactOf({ door }: Seat, client: Client, conversationId: string | null): Promise<string> {
  const { rows } = await client.query<{ channel: string; address: Buffer; wrapped_key: Buffer }>(
    'select channel, address, wrapped_key from conversations where id = $1',
    [conversationId],
  )
  const [row] = rows
  if (row === undefined) return ''
  // A session of the web chat says nothing about anybody, and is a secret.
  if (row.channel === 'web') return 'web'
  const key = door.room.sealing.unwrap(row.wrapped_key, `conversations.${conversationId}`)
  return `${row.channel} ${door.room.sealing.open(key, `conversations.address.${conversationId}`, row.address)}`
}
