import { insertTickets } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { newTicket } from './open-ticket.ts'
import { weigh } from './weigh-report.ts'

/** Modes whose report anybody at the office may read; '' outside a draft and before it was chosen. */
const OPEN_MODES: ReadonlySet<string> = new Set(['', 'terbuka'])

/** Opens tickets of kind *permintaan informasi*, one a request, and tells their desk `what` happened. */
async function openInformation(
  room: Room,
  requests: Request[],
  what: 'opened' | 'handed_over',
): Promise<{ code: string; tell: Outcome['tells'] }[]> {
  const opened = requests.map(request => {
    const { text = '', note = '', topic = '', mode = '' } = request.with
    const { ticket } = newTicket(room, request, {
      kind: 'information',
      // A question may be a report in disguise ("apa benar harus bayar ke oknum?"): the same words decide. One asked
      // in the middle of a draft (topic, mode) belongs to the desk the draft would go to.
      restricted: weigh({ topic, text }) === 'pengawasan' || !OPEN_MODES.has(mode),
      anonymous: false,
      confidential: mode === 'rahasia' || mode === 'keduanya',
      receipt_hash: null,
      fields: { description: text === '' ? note : text },
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
  return opened.map(({ ticket, tell }) => ({ code: ticket.code, tell: [tell] }))
}

/** A question nobody could answer at once becomes a ticket; the citizen goes on with what they were doing. */
export const answerQuestion: Action = async (room, requests) => {
  const opened = await openInformation(room, requests, 'opened')
  return opened.map(({ code, tell }, n) => ({
    result: { code, text: answered(code, requests[n]?.conversation.language ?? 'id') },
    tells: tell ?? [],
  }))
}

/** A person takes over: the desk sees the request, and what the citizen writes from now on goes there. */
export const handOver: Action = async (room, requests) => {
  const opened = await openInformation(room, requests, 'handed_over')
  return opened.map(({ code, tell }) => ({ result: { code }, tells: tell ?? [] }))
}

function answered(code: string, language: string): string {
  return language === 'en'
    ? `I do not know that for certain, so I passed your question on to a person (number ${code}). The answer comes in this chat.`
    : `Maaf, saya belum tahu jawabannya. Pertanyaan Bapak/Ibu saya teruskan; petugas akan menjawab di percakapan ini (nomor ${code}).`
}
