import { buttonFor } from '../desk/buttons.ts'
import { isVerb, VERBS } from '../desk/verbs.ts'
import { openTaker, ticketKey } from '../records/ticket-words.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { askNoMore } from './ask-again.ts'
import { mayNotBlock } from './block-citizen.ts'
import { choicesFor } from './chosen.ts'
import { deskSaid } from './desk-said.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { mayNotWrite } from './may-not-write.ts'
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
    (await barred(room, ticket, verb, { takenBy, staff })) ??
    (await mayNotBlock(room, request, ticket, verb)) ??
    (await mayNotWrite(room, request, ticket, verb))
  if (no !== undefined) return askNoMore(request, ticket, no)
  const row = VERBS[verb]
  const words = 'prompt' in row ? row.prompt : ''
  return {
    result: {
      text: `${staff}: ${words} (${ticket.code}; ketik "batal" bila tidak jadi)`,
      options: Object.fromEntries(
        choicesFor(room, request, ticket, verb).map(([id, name]) => [buttonFor(verb, ticket.code, id), name]),
      ),
      about: ticket.id,
      title: ticket.code,
    },
  }
}
