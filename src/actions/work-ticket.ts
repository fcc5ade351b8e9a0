import { toldCitizen } from '../desk/citizen-words.ts'
import { isVerb, VERBS, type Verb, type VerbName } from '../desk/verbs.ts'
import { postpone } from '../records/postponed.ts'
import { answerQuestionOf } from '../records/questions.ts'
import { ENDED, REASONS } from '../records/statuses.ts'
import { type Talk, talkAbout } from '../records/talks.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { openTaker, sealEvent, sealTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room, Tell } from './action.ts'
import { askAgain } from './ask-again.ts'
import { askDraft } from './ask-draft.ts'
import { attachFiles } from './attach-files.ts'
import { block, ticketOfObjection, unblock } from './block-citizen.ts'
import { addPhrasing, retireArticle } from './change-article.ts'
import { chosen } from './chosen.ts'
import { originOf } from './correct-reply.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { languageOf } from './language-of.ts'
import { mergeTicket, partTicket } from './merge-tickets.ts'
import { postponeTicket } from './postpone-ticket.ts'
import { raisedTicket } from './raised-ticket.ts'
import { lookAt, tellWho } from './read-ticket.ts'
import { barred, unfit } from './refusal.ts'
import { afterAnswer, shareAnswer } from './share-answer.ts'
import { beginTalking, endTalking, letGo, speakInTalk } from './talk-with-citizen.ts'
import { afterWork } from './tell-followers.ts'
import { whoActs } from './who-acts.ts'
import { writeArticle } from './write-article.ts'

/** Verbs that are more than a line in the history and a state. */
const OWN = {
  look: lookAt,
  draft: askDraft,
  who: tellWho,
  merge: mergeTicket,
  part: partTicket,
  talk: beginTalking,
  release: endTalking,
  postpone: postponeTicket,
  share: work => shareAnswer(work, request => workOn(work.room, request)),
  article: writeArticle,
  phrasing: addPhrasing,
  retire: retireArticle,
  block,
  unblock,
} satisfies Partial<Record<VerbName, (work: Work) => Promise<Outcome>>>

type OwnVerb = keyof typeof OWN

/** How each other verb is written in a ticket's history. */
const EVENTS: Record<Exclude<VerbName, OwnVerb>, string> = {
  take: 'taken',
  reply: 'replied',
  ask: 'asked',
  note: 'noted',
  forward: 'forwarded',
  decline: 'declined',
  not_ours: 'not_ours',
  resolve: 'resolved',
  reopen: 'reopened',
}

/** Staff do something with a ticket: checked against its desk and state, recorded, and told to the citizen. */
export const workTicket: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await workOn(room, request))
  return outcomes
}

async function workOn(room: Room, request: Request): Promise<Outcome> {
  const { verb = '', words: written = '' } = request.with
  const staff = await whoActs(room, request)
  // To strangers the group is a wall: not even a refusal, which would tell them that somebody listens.
  if (staff === undefined) return { result: {} }
  const ticket =
    (await deskTicket(room, request)) ??
    (await ticketOfObjection(room, request)) ??
    (await raisedTicket(room, request))
  if (ticket === undefined || !isVerb(verb)) return { result: await notHere(room, request) }
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  if (key === undefined)
    return deskSaid(ticket, `${ticket.code}: datanya sudah dihapus atas permintaan pelapor.`)
  const takenBy = openTaker(room.sealing, key, ticket.id, ticket.taken_by)
  const words = chosen(room, request, ticket, verb, written)
  const no = await barred(room, ticket, verb, { takenBy, staff })
  if (no !== undefined) return deskSaid(ticket, no)
  const wrong = unfit(room, request, ticket, verb, words)
  if (wrong !== undefined) return askAgain(request, ticket, verb, wrong)
  const work: Work = { room, request, ticket, key, staff, words }
  if (isOwn(verb)) return OWN[verb](work)
  const talk = await talkAbout(room.client, ticket.id)
  if (verb === 'reply' && talk !== undefined) return speakInTalk(work, talk)

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
  const isOver = status !== undefined && ENDED.includes(status)
  // What is done is not put off any more, and there is nothing left to talk about.
  if (ticket.postponed_until !== null && (isOver || status === 'answered'))
    await postpone(room.client, ticket.id, null)
  if (isOver || status === 'answered') await answerQuestionOf(room.client, ticket.id, request.at)
  const next = verb === 'reply' ? await afterAnswer(work) : { text: '', options: {} }
  const said = `${done(verb, ticket, staff)}${verb === 'take' ? waiting(talk) : ''}${next.text}`
  return {
    ...deskSaid(ticket, said, { status: status ?? ticket.status, isTaken: isTaken || takes }, next.options),
    tells: [
      ...(await tells(room, request, ticket, verb, words)),
      ...(await afterWork(room, request, ticket, { verb, words, type: EVENTS[verb] })),
      ...(isOver && talk !== undefined ? await letGo(work, talk) : []),
    ],
  }
}

function isOwn(verb: VerbName): verb is OwnVerb {
  return Object.hasOwn(OWN, verb)
}

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
