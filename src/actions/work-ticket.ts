import { isVerb, type VerbName } from '../desk/verbs.ts'
import { type Talk, talkAbout } from '../records/talks.ts'
import { openTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { askAgain } from './ask-again.ts'
import { askDraft } from './ask-draft.ts'
import { block, ticketOfObjection, unblock } from './block-citizen.ts'
import { addPhrasing, retireArticle } from './change-article.ts'
import { chosen } from './chosen.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { deskTicket, notHere } from './desk-ticket.ts'
import { mergeTicket, partTicket } from './merge-tickets.ts'
import { postponeTicket } from './postpone-ticket.ts'
import { raisedTicket } from './raised-ticket.ts'
import { lookAt, tellWho } from './read-ticket.ts'
import { recordWork } from './record-work.ts'
import { barred, unfit } from './refusal.ts'
import { shareAnswer } from './share-answer.ts'
import { beginTalking, endTalking, speakInTalk } from './talk-with-citizen.ts'
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
  if (verb === 'resolve' && endsUnsaid(work, talk)) return askAgain(request, ticket, verb, unsaid(ticket))
  return recordWork(work, verb, { takenBy, talk })
}

/** Nobody is to hear that their report is over and not what came of it: an answer, a talk, or a closing word told them. */
function endsUnsaid({ request, ticket, words }: Work, talk: Talk | undefined): boolean {
  const { file = '' } = request.with
  const isTalking = talk !== undefined && talk.speaker !== null
  return words === '' && file === '' && ticket.status !== 'answered' && !isTalking
}

function unsaid({ code }: TicketRow): string {
  return `${code}: pelapornya belum mendengar hasilnya. Silakan ketik kata penutup untuknya, atau balas dahulu.`
}

function isOwn(verb: VerbName): verb is OwnVerb {
  return Object.hasOwn(OWN, verb)
}
