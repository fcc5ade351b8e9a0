import { deskConversation } from '../desk/desk-address.ts'
import { whenHeard } from '../desk/when-heard.ts'
import { insertTickets, type NewTicket } from '../records/new-tickets.ts'
import { beginTalk, isDeskActive } from '../records/talks.ts'
import type { Action, Outcome, Request, Room, Tell } from './action.ts'
import { newTicket } from './open-ticket.ts'
import { weigh } from './weigh-report.ts'

/** Modes whose report anybody at the office may read; '' outside a draft and before it was chosen. */
export const OPEN_MODES: ReadonlySet<string> = new Set(['', 'terbuka'])

/** Opens tickets of kind *permintaan informasi*, one a request, and tells their desk `what` happened. */
export async function openInformation(
  room: Room,
  requests: Request[],
  what: 'opened' | 'handed_over',
): Promise<{ ticket: NewTicket; tell: Tell }[]> {
  const opened = requests.map((request): { ticket: NewTicket; tell: Tell } => {
    const { text = '', note = '', topic = '', mode = '', article = '' } = request.with
    const { ticket } = newTicket(room, request, {
      kind: 'information',
      // A question may be a report in disguise ("apa benar harus bayar ke oknum?"): the same words decide. One asked
      // in the middle of a draft (topic, mode) belongs to the desk the draft would go to.
      restricted: weigh({ topic, text }) === 'pengawasan' || !OPEN_MODES.has(mode),
      anonymous: false,
      confidential: mode === 'rahasia' || mode === 'keduanya',
      receipt_hash: null,
      fields: { description: text === '' ? note : text, ...(article === '' ? {} : { article }) },
    })
    return {
      ticket,
      tell: {
        key: `${request.key}/opened`,
        office: request.office,
        to: { desk: ticket.desk },
        said: { type: 'ticket_told', what, ticketId: ticket.id },
        at: request.at,
      },
    }
  })
  await insertTickets(
    room.client,
    opened.map(({ ticket }) => ticket),
  )
  return opened
}

/**
 * A person is called: the desk sees the request, and what the citizen writes from now on goes there. When nobody is likely to
 * answer soon, the citizen is told when somebody will: once, at the beginning.
 */
export const handOver: Action = async (room, requests) => {
  const opened = await openInformation(room, requests, 'handed_over')
  const outcomes: Outcome[] = []
  for (const [n, { ticket, tell }] of opened.entries()) {
    const request = requests[n]
    if (request === undefined) continue
    await beginTalk(room.client, {
      conversationId: request.conversation.id,
      office: request.office,
      ticketId: ticket.id,
      at: request.at,
      waits: true,
      speaker: null,
    })
    outcomes.push({
      result: { code: ticket.code },
      tells: [tell, ...(await awayTold(room, request, ticket))],
    })
  }
  return outcomes
}

/** Outside working hours when they begin; within them, whether anybody did anything at the desk lately. */
async function awayTold(room: Room, request: Request, { desk }: NewTicket): Promise<Tell[]> {
  const { key, office, conversation, at } = request
  const house = room.houseOf(office)
  const when = whenHeard(house, at, conversation.language)
  const { active } = house.book.house.talk
  if (when === undefined && (await isDeskActive(room.client, deskConversation(office, desk), active)))
    return []
  const why = when === undefined ? 'nobody' : 'closed'
  const said = { type: 'staff_away', why, when: when ?? '' }
  return [{ key: `${key}/away`, office, to: { conversationId: conversation.id }, said, at }]
}
