import type { VerbName } from '../desk/verbs.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Outcome, Request } from './action.ts'
import { deskSaid } from './desk-said.ts'

/** What was typed would not do: why, and the next words of the same person are another try at the same thing. */
export function askAgain(request: Request, ticket: TicketRow, verb: VerbName, why: string): Outcome {
  const { thread = '' } = request.with
  const asks = { who: whoIn(request), verb, ticket: ticket.code, replyTo: '', thread }
  return { result: { ...deskSaid(ticket, why).result, asks } }
}

/** It cannot be done, whatever is typed: why, and nobody waits for words. */
export function askNoMore(request: Request, ticket: TicketRow, why: string): Outcome {
  return { result: { ...deskSaid(ticket, why).result, asks: { who: whoIn(request), verb: '' } } }
}

/** As the desk's state calls whoever is asked. */
function whoIn(request: Request): string {
  const { account = '', staff = '' } = request.with
  return account === '' ? staff : account
}
