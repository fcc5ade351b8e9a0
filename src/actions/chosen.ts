import { namedIn } from '../desk/named.ts'
import type { VerbName } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { REASONS } from '../records/statuses.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'
import { mayGo } from './may-go.ts'

/** What a verb has to be told that is one of few: the desks a ticket may go to, or the reasons there are. Ids and names, in order. */
export function choicesFor(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
): [string, string][] {
  const { office } = room.houseOf(request.office)
  if (verb === 'forward')
    return Object.entries(office.desks)
      .filter(([id]) => id !== ticket.desk && mayGo(ticket, isRestrictedDesk(office, id)))
      .map(([id, desk]) => [id, desk.name])
  return verb === 'decline' ? Object.entries(REASONS).map(([id, words]) => [id, words.id]) : []
}

/** The id of the desk or reason staff named in their own words, or by its number; what they wrote as it is, where there is none. */
export function chosen(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
  written: string,
): string {
  const [numbered] = choicesFor(room, request, ticket, verb)[Number(written) - 1] ?? []
  if (numbered !== undefined) return numbered
  if (verb === 'forward') {
    const { desks } = room.houseOf(request.office).office
    const named = Object.entries(desks).map(([id, { name }]) => ({
      id,
      spellings: [name.replace(/\([^()]*\)/g, '')],
    }))
    return namedIn(written, named) ?? written
  }
  if (verb !== 'decline') return written
  return (
    namedIn(
      written,
      Object.entries(REASONS).map(([id, words]) => ({ id, spellings: [words.id] })),
    ) ?? written
  )
}
