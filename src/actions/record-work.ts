import { toldCitizen } from '../desk/citizen-words.ts'
import { VERBS, type Verb, type VerbName } from '../desk/verbs.ts'
import { postpone } from '../records/postponed.ts'
import { answerQuestionOf } from '../records/questions.ts'
import { ENDED, REASONS } from '../records/statuses.ts'
import type { Talk } from '../records/talks.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent, sealTaker } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Outcome, Request, Room, Tell } from './action.ts'
import { attachFiles } from './attach-files.ts'
import { fileOf } from './card-facts.ts'
import { originOf } from './correct-reply.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { languageOf } from './language-of.ts'
import { afterAnswer } from './share-answer.ts'
import { letGo } from './talk-with-citizen.ts'
import { afterWork } from './tell-followers.ts'

/** How verbs are written in a ticket's history that are no more than a line there and a state. */
const EVENTS = {
  take: 'taken',
  reply: 'replied',
  ask: 'asked',
  note: 'noted',
  forward: 'forwarded',
  decline: 'declined',
  not_ours: 'not_ours',
  resolve: 'resolved',
  reopen: 'reopened',
} satisfies Partial<Record<VerbName, string>>

export type RecordedVerb = keyof typeof EVENTS

/** Does what is no more than a line in the history and a state: records it, and tells the citizen and whom it concerns. */
export async function recordWork(
  work: Work,
  verb: RecordedVerb,
  { takenBy, talk }: { takenBy: string | undefined; talk: Talk | undefined },
): Promise<Outcome> {
  const { room, request, ticket, key, staff, words } = work
  const { to: status }: Verb = VERBS[verb]
  const isTaken = takenBy !== undefined
  // Whoever works on an untaken ticket has taken it.
  const takes = verb === 'take' || (!isTaken && verb !== 'note' && verb !== 'forward')
  await recordEvent(
    room.client,
    ticket,
    {
      type: EVENTS[verb],
      visible: verb !== 'note',
      sealed: sealEvent(room.sealing, key, ticket.id, { by: staff, ...wordsKept(verb, words) }),
      at: request.at,
      zone: room.houseOf(request.office).office.zone,
    },
    {
      ...(status === undefined ? {} : { status }),
      ...(verb === 'forward' ? { desk: words } : {}),
      ...(verb === 'decline' ? { reason: words } : {}),
      ...(takes ? { takenBy: sealTaker(room.sealing, key, ticket.id, staff) } : {}),
    },
  )
  const { file = '' } = request.with
  if (file !== '') await attachFiles(room.client, request.conversation.id, ticket, [file])
  const isWithheld = (await fileOf(room, ticket, file))?.id === ''
  const isOver = status !== undefined && ENDED.includes(status)
  // What is done is not put off any more, and there is nothing left to talk about.
  if (ticket.postponed_until !== null && (isOver || status === 'answered'))
    await postpone(room.client, ticket.id, null)
  if (isOver || status === 'answered') await answerQuestionOf(room.client, ticket.id, request.at)
  const next = verb === 'reply' ? await afterAnswer(work) : { text: '', options: {} }
  const said = `${done(verb, ticket, staff)}${verb === 'take' ? waiting(talk) : ''}${isWithheld ? WITHHELD : ''}${next.text}`
  return {
    ...deskSaid(ticket, said, { status: status ?? ticket.status, isTaken: isTaken || takes }, next.options),
    tells: [
      ...(await tells(room, request, ticket, verb, words)),
      ...(await afterWork(room, request, ticket, { verb, words, type: EVENTS[verb] })),
      ...(isOver && talk !== undefined ? await letGo(work, talk) : []),
    ],
  }
}

const WITHHELD = ' Berkasnya tidak dikirim: di dalamnya ditemukan virus.'

/** Words staff typed for people; a desk's or reason's name is kept in its own column instead. */
function wordsKept(verb: VerbName, words: string): { text?: string } {
  return words === '' || verb === 'forward' || verb === 'decline' ? {} : { text: words }
}

function done(verb: VerbName, ticket: TicketRow, staff: string): string {
  if (verb === 'note') return `Catatan ${staff} untuk ${ticket.code} disimpan; pelapor tidak melihatnya.`
  const heard =
    ticket.conversation_id === null ? 'Pelapor membacanya lewat tanda terima.' : 'Pelapor diberi tahu.'
  const { done: doing = '' }: Verb = VERBS[verb]
  return `${ticket.code} ${doing} ${staff}. ${heard}`
}

/** Who took the report of somebody who waits for a person does not talk to them yet. */
function waiting(talk: Talk | undefined): string {
  return talk?.speaker === null ? ' Warga menunggu dihubungi: tekan Bicara, atau balas pesannya.' : ''
}

async function tells(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
  words: string,
): Promise<Tell[]> {
  const { ref = '', file = '' } = request.with
  const common = { office: ticket.office, at: request.at }
  const toDesk: Tell[] =
    verb === 'forward'
      ? [
          {
            ...common,
            key: `${request.key}/forwarded`,
            to: { desk: words },
            said: { type: 'ticket_told', what: 'forwarded', ticketId: ticket.id },
          },
        ]
      : []
  if (ticket.conversation_id === null) return toDesk
  const language = await languageOf(room.client, ticket.conversation_id)
  const spoken = verb === 'decline' ? (REASONS[words]?.[language === 'en' ? 'en' : 'id'] ?? words) : words
  const told = toldCitizen(verb, { code: ticket.code, words: spoken, language })
  if (told === undefined) return toDesk
  return [
    ...toDesk,
    {
      ...common,
      key: `${request.key}/wrote`,
      to: { conversationId: ticket.conversation_id },
      said: {
        type: 'staff_wrote',
        ticket: ticket.code,
        ...told,
        ...(file === '' ? {} : { file }),
        ...(ref === '' ? {} : { origin: originOf(room, request, ref) }),
      },
    },
  ]
}
