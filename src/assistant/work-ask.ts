import type { PoolClient } from 'pg'
import type { Result } from '../conversation/state.ts'
import type { Knowledge } from '../knowledge/books.ts'
import { localTime } from '../lib/local-time.ts'
import type { House } from '../offices/house.ts'
import { openAsk, type TakenAsk } from '../records/model-asks.ts'
import type { Sealing } from '../records/sealing.ts'
import { type TicketRow, ticketsById } from '../records/tickets.ts'
import { AnswerAsk, answerCitizen } from './answer-citizen.ts'
import { draftReply } from './draft-reply.ts'
import type { Put } from './put.ts'
import { mayBeShown, reportText } from './report-text.ts'
import type { Settled } from './settle.ts'
import { suggestDesk } from './suggest-desk.ts'

/** What answering takes besides the model. */
export type Desk = {
  sealing: Sealing
  knowledge: Knowledge
  /** Words of the lexicon: nobody's name, and the roots by which sentences are compared. */
  known: ReadonlySet<string>
  houseOf(office: string): House
}

/** Reads in a transaction of its own: nothing is held while the model thinks. */
export type Read = <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>

/** Tries with the model; what ended two processes, or could not be read, is answered without it. */
const TRIES = 2

/** For what is not put to the model any more. */
const withoutModel: Put = async () => ({ how: 'busy' })

/** Does what was asked; writes nothing. */
export async function workAsk(desk: Desk, read: Read, ask: TakenAsk, put: Put, at: Date): Promise<Settled> {
  const way = ask.attempts > TRIES ? withoutModel : put
  return ask.purpose === 'answer' ? answer(desk, ask, way, at) : forStaff(desk, read, ask, way, at)
}

async function answer(desk: Desk, ask: TakenAsk, put: Put, at: Date): Promise<Settled> {
  const { knowledge, known, sealing, houseOf } = desk
  const asked = AnswerAsk.parse(openAsk(sealing, ask))
  const tells = (how: Settled['how'], result: Result): Settled =>
    ask.conversation_id === null
      ? { how }
      : { how, to: { conversationId: ask.conversation_id }, said: { type: 'action_finished', result } }
  if (ask.attempts > TRIES) return tells('busy', asked.otherwise)
  const book = await knowledge.of(ask.office)
  const day = localTime(houseOf(ask.office).office.zone, at).slice(0, 10)
  const { how, result } = await answerCitizen(put, asked, { book, day, known })
  return tells(how, result)
}

async function forStaff(desk: Desk, read: Read, ask: TakenAsk, put: Put, at: Date): Promise<Settled> {
  const { office } = desk.houseOf(ask.office)
  const ticket = await openTicketOf(read, ask)
  if (ticket === undefined || !mayBeShown(office, ticket)) return { how: 'withheld' }
  const { code } = ticket
  const report = reportText(desk.sealing, ticket, {
    names: await staffNames(read, ask.office),
    known: desk.known,
  })
  const day = localTime(office.zone, at).slice(0, 10)
  const { how, text } =
    ask.purpose === 'suggest'
      ? await suggestDesk(put, { code, report, office, known: desk.known })
      : await draftReply(put, { code, report, book: await desk.knowledge.of(ask.office), day })
  // It may have become another desk's, or closed, while the model was thinking.
  const now = await openTicketOf(read, ask)
  if (text === undefined || now === undefined || now.desk !== ticket.desk || !mayBeShown(office, now))
    return { how }
  return { how, to: { desk: ticket.desk }, said: { type: 'notice', text, ticketId: ticket.id } }
}

async function openTicketOf(read: Read, { ticket_id: id }: TakenAsk): Promise<TicketRow | undefined> {
  return id === null ? undefined : (await read(client => ticketsById(client, [id]))).get(id)
}

async function staffNames(read: Read, office: string): Promise<string[]> {
  const { rows } = await read(client =>
    client.query<{ name: string }>('select name from staff where office = $1', [office]),
  )
  return rows.map(({ name }) => name)
}
