import { buttonFor, isVerb, VERBS } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { REASONS } from '../records/statuses.ts'
import type { Action, Outcome } from './action.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { whoActs } from './who-acts.ts'

/** Asks staff for what a verb still needs: words to type, or one of the desks or reasons to press. */
export const promptStaff: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const { verb = '', ticket: typed = '' } = request.with
    const staff = await whoActs(room, request)
    if (staff === undefined) {
      outcomes.push({ result: {} })
      continue
    }
    const ticket = await deskTicket(room, request)
    if (ticket === undefined || !isVerb(verb)) {
      outcomes.push({ result: notHere(typed) })
      continue
    }
    const row = VERBS[verb]
    const prompt = 'prompt' in row ? row.prompt : ''
    const { office } = room.houseOf(request.office)
    const choices =
      verb === 'forward'
        ? Object.entries(office.desks)
            .filter(([id]) => id !== ticket.desk && mayGo(ticket, isRestrictedDesk(office, id)))
            .map(([id, desk]) => [buttonFor(verb, ticket.code, id), desk.name])
        : verb === 'decline'
          ? Object.entries(REASONS).map(([code, words]) => [buttonFor(verb, ticket.code, code), words.id])
          : []
    outcomes.push({
      result: {
        text: `${staff}: ${prompt} (${ticket.code})`,
        options: Object.fromEntries(choices),
        about: ticket.id,
        title: ticket.code,
      },
    })
  }
  return outcomes
}

/** What must stay restricted never leaves for a general desk. */
export function mayGo(
  ticket: { restricted: boolean; anonymous: boolean; confidential: boolean },
  toRestricted: boolean,
): boolean {
  return toRestricted || !(ticket.restricted || ticket.anonymous || ticket.confidential)
}
