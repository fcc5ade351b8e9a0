import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { Office } from '../offices/office.ts'
import { AGREES_TO_ANNOUNCE, ANNOUNCES, type Duty, type Member, worksAt } from '../records/duties.ts'
import type { TicketRow } from '../records/tickets.ts'

/** The desks of an office whose reports this person reads, in the office's order; none for who only looks after staff or logs. */
export function desksOf(member: Member, office: Office): string[] {
  return Object.keys(office.desks).filter(desk => worksAt(member, desk, isRestrictedDesk(office, desk)))
}

/** A report of another desk is like one that is not there: it must not even be learned that a restricted one exists. */
export function mayRead(member: Member, office: Office, ticket: Pick<TicketRow, 'desk'>): boolean {
  return worksAt(member, ticket.desk, isRestrictedDesk(office, ticket.desk))
}

/** Who may what with what the office tells everybody; routes name these, and forms are shown to those alone. */
export const CONTENT = {
  /** Writes vacancies, stages and agenda, and brings tables in: shown once somebody else has agreed. */
  writes: ['operator', 'supervisor', 'approver'],
  agrees: ['approver'],
  /** Takes something back at once, which needs nobody else. */
  takesBack: ['supervisor', 'approver'],
  seesAnnouncements: ['operator', 'supervisor', 'broadcaster', 'approver'],
  announces: ANNOUNCES,
  agreesToAnnounce: AGREES_TO_ANNOUNCE,
  /** Sends or stops what was agreed to. */
  sends: [...new Set([...ANNOUNCES, ...AGREES_TO_ANNOUNCE])],
  /** Opens who an announcement went to, with the second factor and a reason. */
  opensRecipients: ['supervisor'],
  seesSurveys: ['operator', 'supervisor', 'approver'],
  /** Answers for what is told of the office's service: plans, publishing, counters. */
  answersForSurveys: ['supervisor', 'approver'],
  exportsSurveys: ['supervisor'],
} as const satisfies Record<string, readonly Duty[]>

/** Whether somebody has one of these duties. */
export function hasAny({ duties }: Pick<Member, 'duties'>, any: readonly Duty[]): boolean {
  return any.some(duty => duties.includes(duty))
}

/** How long the second factor counts, once given: as long as one piece of work. */
const PROVED_MS = 10 * 60_000

export function isProved(provedAt: Date | null, now: Date): boolean {
  return provedAt !== null && now.getTime() - provedAt.getTime() < PROVED_MS
}
