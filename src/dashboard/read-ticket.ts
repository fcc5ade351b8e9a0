import type { Room } from '../actions/action.ts'
import { cardFacts } from '../actions/card-facts.ts'
import { mayKnowBlock } from '../actions/may-know-block.ts'
import type { CardFacts } from '../desk/card.ts'
import { yetToHear } from '../inbox/yet-to-hear.ts'
import { note } from '../records/audit.ts'
import { blocksOf } from '../records/blocks.ts'
import { transaction } from '../records/db.ts'
import { countFollowers, leadOf } from '../records/followers.ts'
import { type Talk, talkAbout } from '../records/talks.ts'
import { type EventRow, historyOf } from '../records/ticket-history.ts'
import { type EventWords, openEvent, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Scan } from '../records/virus-scan.ts'
import { listedById } from '../records/work-list.ts'
import type { Seat } from './door.ts'
import { mayRead } from './rights.ts'

export type Line = EventWords & { type: string; visible: boolean; at: Date }

/** A ticket as its desk reads it on a page. */
export type TicketRead = {
  ticket: TicketRow
  due: string | null
  facts: Omit<CardFacts, 'evidence'>
  lines: Line[]
  files: { id: string; mime: string; size: number; scan: Scan | null }[]
  elsewhere: { system: string; tracking: string }[]
  talk: Talk | undefined
  followers: number
  /** Their words do not reach staff for a time. */
  blocked: boolean
  /** The code of the ticket this one was joined to. */
  lead: string | undefined
}

/** Opening a page again within this time is the same look. */
const LOOK = `interval '10 minutes'`

/** Reads a ticket for somebody of its desk, and writes down that they did; undefined when there is none for them. */
export function readTicket(seat: Seat, code: string): Promise<TicketRead | undefined> {
  const { door, house, member } = seat
  const { sealing } = door.room
  const office = house.office
  return transaction(door.db, async client => {
    const { rows } = await client.query<TicketRow>('select * from tickets where office = $1 and code = $2', [
      office.id,
      code,
    ])
    const [ticket] = rows
    if (ticket === undefined || !mayRead(member, office, ticket)) return undefined
    const unheard = await yetToHear(client, sealing, office.id)
    if (unheard.opened.has(ticket.id)) return undefined
    const { rowCount } = await client.query(
      `select 1 from audit_log where office = $1 and subject = $2 and actor = $3 and action = 'ticket_seen' and at > $4::timestamptz - ${LOOK} limit 1`,
      [office.id, ticket.code, member.id, door.now()],
    )
    if (rowCount === 0) {
      const entry = { office: office.id, actor: member.id, action: 'ticket_seen', subject: ticket.code }
      await note(client, sealing, entry, door.now())
    }
    const key = ticketKey(sealing, ticket.id, ticket.wrapped_key)
    const [listed] = await listedById(client, { office: office.id, desks: [ticket.desk], ids: [ticket.id] })
    const history = heardOf(await historyOf(client, ticket.id, 'desk'), unheard.added.get(ticket.id) ?? 0)
    const { rows: files } = await client.query<TicketRead['files'][number]>(
      'select id, mime, size, scan from files where ticket_id = $1 order by stored_at, id',
      [ticket.id],
    )
    const { rows: elsewhere } = await client.query<TicketRead['elsewhere'][number]>(
      'select system, tracking from tickets_elsewhere where ticket_id = $1 order by noted_at',
      [ticket.id],
    )
    return {
      ticket,
      due: listed?.due ?? null,
      facts: cardFacts({ ...door.room, client }, ticket),
      lines: history.map(({ type, visible, sealed, happened_at }) => ({
        ...openEvent(sealing, key, ticket.id, sealed),
        type,
        visible,
        at: happened_at,
      })),
      files,
      elsewhere,
      talk: await talkAbout(client, ticket.id),
      blocked: await isBlocked({ ...door.room, client }, ticket, door.now()),
      followers: await countFollowers(client, ticket),
      lead: ticket.merged_into === null ? undefined : (await leadOf(client, ticket)).code,
    }
  })
}

/** A history without the last so many additions: its desk has yet to hear of them. */
function heardOf(history: EventRow[], unheard: number): EventRow[] {
  const added = history.filter(({ type }) => type === 'added')
  const late = new Set(added.slice(added.length - unheard))
  return history.filter(event => !late.has(event))
}

/** As far as the ticket's desk may know of it. */
async function isBlocked(room: Room, ticket: TicketRow, now: Date): Promise<boolean> {
  const { conversation_id: chat } = ticket
  const block = chat === null ? undefined : (await blocksOf(room.client, [chat], now)).get(chat)
  return block !== undefined && mayKnowBlock(room, block, ticket)
}
