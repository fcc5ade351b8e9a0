import { buttonFor, isVerb, VERBS, type VerbName } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { REASONS } from '../records/statuses.ts'
import { openTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { askNoMore } from './ask-again.ts'
import { mayNotBlock } from './block-citizen.ts'
import { deskSaid } from './desk-said.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { mayGo } from './may-go.ts'
import { barred } from './refusal.ts'
import { whoActs } from './who-acts.ts'

/**
 * Asks staff for what a verb still needs: words to type, or one of the desks or reasons to press. What could not be done anyhow is
 * said before they type. The verb *cancel* says that nothing comes of it.
 */
export const promptStaff: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await prompt(room, request))
  return outcomes
}

async function prompt(room: Room, request: Request): Promise<Outcome> {
  const { verb = '' } = request.with
  const staff = await whoActs(room, request)
  if (staff === undefined) return { result: {} }
  const ticket = await deskTicket(room, request)
  if (ticket === undefined) return { result: await notHere(room, request) }
  if (verb === 'cancel') return deskSaid(ticket, `${staff}: baik, tidak jadi. (${ticket.code})`)
  if (!isVerb(verb)) return { result: await notHere(room, request) }
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const takenBy = openTaker(room.sealing, key, ticket.id, ticket.taken_by)
  const no =
    (await barred(room, ticket, verb, { takenBy, staff })) ?? (await mayNotBlock(room, request, ticket, verb))
  if (no !== undefined) return askNoMore(request, ticket, no)
  const row = VERBS[verb]
  const words = 'prompt' in row ? row.prompt : ''
  return {
    result: {
      text: `${staff}: ${words} (${ticket.code}; ketik "batal" bila tidak jadi)`,
      options: Object.fromEntries(choices(room, request, ticket, verb)),
      about: ticket.id,
      title: ticket.code,
    },
  }
}

function choices(room: Room, request: Request, ticket: TicketRow, verb: VerbName): [string, string][] {
  const { office } = room.houseOf(request.office)
  if (verb === 'forward')
    return Object.entries(office.desks)
      .filter(([id]) => id !== ticket.desk && mayGo(ticket, isRestrictedDesk(office, id)))
      .map(([id, desk]) => [buttonFor(verb, ticket.code, id), desk.name])
  if (verb === 'decline')
    return Object.entries(REASONS).map(([code, words]) => [buttonFor(verb, ticket.code, code), words.id])
  return []
}
