import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { Office } from '../offices/office.ts'
import { type Member, worksAt } from '../records/duties.ts'
import type { TicketRow } from '../records/tickets.ts'

/** The desks of an office whose reports this person reads, in the office's order; none for who only looks after staff or logs. */
export function desksOf(member: Member, office: Office): string[] {
  return Object.keys(office.desks).filter(desk => worksAt(member, desk, isRestrictedDesk(office, desk)))
}

/** A report of another desk is like one that is not there: it must not even be learned that a restricted one exists. */
export function mayRead(member: Member, office: Office, ticket: Pick<TicketRow, 'desk'>): boolean {
  return worksAt(member, ticket.desk, isRestrictedDesk(office, ticket.desk))
}

/** How long the second factor counts, once given: as long as one piece of work. */
const PROVED_MS = 10 * 60_000

export function isProved(provedAt: Date | null, now: Date): boolean {
  return provedAt !== null && now.getTime() - provedAt.getTime() < PROVED_MS
}
