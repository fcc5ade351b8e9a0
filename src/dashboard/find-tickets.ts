import { tellingWords } from '../actions/telling-words.ts'
import { yetToHear } from '../inbox/yet-to-hear.ts'
import { localTime } from '../lib/local-time.ts'
import type { Queryable } from '../records/db.ts'
import { codesEnding, readTicketCode } from '../records/ticket-code.ts'
import { findByWords, readWords } from '../records/ticket-search.ts'
import { openTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import { type ListedTicket, listedById, workList } from '../records/work-list.ts'
import type { Door, Seat } from './door.ts'
import { type Filter, PAGE_ROWS, wantedOf } from './filters.ts'
import { desksOf } from './rights.ts'

/** How far back the end of a code is looked for, as in the group. */
const MONTHS = 36
/** Who took a ticket is sealed: mine are found among so many. */
const LOOKED_THROUGH = 600

export type Found = { tickets: ListedTicket[]; more: boolean }

/** What a filter finds at the desks somebody reads. Words are looked for as keyed hashes; a code finds its ticket alone. */
export async function findTickets(seat: Seat, filter: Filter): Promise<Found> {
  const { door, house, member } = seat
  const { office } = house
  const desks = desksOf(member, office)
  const today = localTime(office.zone, door.now()).slice(0, 10)
  const { opened } = await yetToHear(door.db.pool, door.room.sealing, office.id)
  const wanted = wantedOf(filter, office, desks, { today, unheard: [...opened] })
  if (filter.q !== '') {
    const found = await search(seat, filter.q, wanted.desks)
    return { tickets: found.filter(({ id }) => !opened.has(id)), more: false }
  }
  if (!filter.mine) {
    const tickets = await workList(door.db.pool, wanted)
    return { tickets: tickets.slice(0, PAGE_ROWS), more: tickets.length > PAGE_ROWS }
  }
  const all = await workList(door.db.pool, { ...wanted, offset: 0, limit: LOOKED_THROUGH })
  const mine = all.filter(ticket => takerOf(door, ticket) === member.name)
  const page = mine.slice(wanted.offset, wanted.offset + PAGE_ROWS)
  return { tickets: page, more: mine.length > wanted.offset + PAGE_ROWS }
}

async function search(seat: Seat, q: string, desks: string[]): Promise<ListedTicket[]> {
  const { door, house } = seat
  const { office } = house
  const on = door.db.pool
  const codes = codesIn(q, office, localTime(office.zone, door.now()))
  if (codes.length > 0) {
    const ids = await idsOfCodes(on, office.id, codes)
    const found = await listedById(on, { office: office.id, desks, ids })
    // The code of another desk's is a word like any other: an answer cut short would tell that it exists.
    if (found.length > 0) return found
  }
  const words = [...tellingWords(q)]
  // What was filed since the clock last read words is to be found as well.
  await readWords(on, door.room.sealing, tellingWords, 'quick')
  const ids = await findByWords(on, door.room.sealing, { office: office.id, desks, words, limit: PAGE_ROWS })
  return listedById(on, { office: office.id, desks, ids })
}

function codesIn(q: string, office: { code: string }, local: string): string[] {
  const whole = readTicketCode(q)
  return whole === undefined ? (codesEnding(office.code, q, { local, months: MONTHS }) ?? []) : [whole]
}

async function idsOfCodes(on: Queryable, office: string, codes: string[]): Promise<string[]> {
  const { rows } = await on.query<{ id: string }>(
    'select id from tickets where office = $1 and code = any($2::text[]) order by opened_at desc',
    [office, codes],
  )
  return rows.map(({ id }) => id)
}

/** What the person is called who works on a ticket; undefined while nobody does. */
export function takerOf(
  { room: { sealing } }: Pick<Door, 'room'>,
  ticket: Pick<TicketRow, 'id' | 'wrapped_key' | 'taken_by'>,
): string | undefined {
  return openTaker(sealing, ticketKey(sealing, ticket.id, ticket.wrapped_key), ticket.id, ticket.taken_by)
}
