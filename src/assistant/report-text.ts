import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { Office } from '../offices/office.ts'
import type { Sealing } from '../records/sealing.ts'
import { openFields, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import { hide } from './hide.ts'

/** Whether a model may see anything of this ticket: open ones at a desk that is not restricted, and no others ever. */
export function mayBeShown(office: Office, ticket: TicketRow): boolean {
  const isClosed = ticket.restricted || ticket.anonymous || ticket.confidential
  return !isClosed && ticket.wrapped_key !== null && !isRestrictedDesk(office, ticket.desk)
}

/** The answers a model may see. Not who is complained about, not the name, no file, no place on a map. */
const SHOWN = ['description', 'place'] as const
/** Longer reports are cut: what they are about stands at their beginning. */
const LONGEST = 2_000

/** What a citizen reported, masked: the one way from a ticket to a model. `names` are those of the office's staff. */
export function reportText(
  sealing: Sealing,
  ticket: TicketRow,
  { names, known }: { names: string[]; known: ReadonlySet<string> },
): string {
  const key = ticketKey(sealing, ticket.id, ticket.wrapped_key)
  const fields = openFields(sealing, key, ticket.id, ticket.fields)
  const own = [fields.name, fields.who].filter(name => name !== undefined && name !== '')
  return SHOWN.flatMap(field => fields[field] ?? [])
    .filter(answer => answer !== '')
    .map(answer => hide(answer.slice(0, LONGEST), { names: [...names, ...own.map(String)], known }))
    .join('\n')
}
