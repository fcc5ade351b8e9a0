import { localTime } from '../lib/local-time.ts'
import { markAnswered } from '../surveys/answered.ts'
import { beginDraft, draftCalled, type KeptDraft, keepDraft, withAnswer } from '../surveys/drafts.ts'
import { refuseInvitation } from '../surveys/invitations.ts'
import { countUse } from '../surveys/points.ts'
import { partResponse, separate } from '../surveys/separate.ts'
import { tally } from '../surveys/tallies.ts'
import { archiveInstrument } from '../surveys/versions.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { countedAt, occasionOf } from './survey-occasion.ts'

/** Begins to answer. Who goes back and comes by again goes on with the draft they have. */
export const beginSurvey: Action = (room, requests) => oneByOne(room, requests, begin)

async function begin(room: Room, request: Request): Promise<Outcome> {
  const { office, conversation, at } = request
  const { survey = '', service = '', draft: id = '' } = request.with
  const occasion = await occasionOf(room, request)
  if (occasion.found !== 'ya') return { failed: occasion.found }
  const chosen = occasion.services[Number(service.slice(1)) - 1] ?? occasion.services[0] ?? ''
  const before = await draftOf(room, request, id)
  if (before !== undefined) {
    before.draft.service = chosen
    await keepDraft(room.client, room.sealing, before, at)
    return { result: { id: before.id } }
  }
  const instrument = room.houseOf(office).surveys[survey]
  if (instrument === undefined) return { failed: 'unknown_survey' }
  const version = await archiveInstrument(room.client, instrument)
  const draft = { ...occasion.draft, version, service: chosen, answers: {}, messages: [], turns: [] }
  await tally(room.client, countedAt(room, request, draft), 'begun')
  const started = { office, survey, conversationId: conversation.id, draft, at }
  return { result: { id: await beginDraft(room.client, room.sealing, started) } }
}

/** Notes one answer and the message that gave it. Without a message there is no answer. */
export const noteAnswer: Action = (room, requests) => oneByOne(room, requests, note)

async function note(room: Room, request: Request): Promise<Outcome> {
  const { message, key } = request
  const { draft: id = '', name = '', answer = '' } = request.with
  if (message === undefined) return { failed: 'no_message' }
  const kept = await draftOf(room, request, id)
  if (kept === undefined) return { failed: 'gone' }
  const draft = withAnswer(kept.draft, { name, answer, message, turn: Number(key.split('/')[1]) })
  await keepDraft(room.client, room.sealing, { ...kept, draft }, request.at)
  return { result: {} }
}

/** The survey is answered whole: it becomes a response that is nobody's. */
export const recordResponse: Action = (room, requests) => oneByOne(room, requests, record)

async function record(room: Room, request: Request): Promise<Outcome> {
  const { office, conversation, at } = request
  const { draft: id = '', suggestion = '' } = request.with
  const kept = await draftOf(room, request, id)
  if (kept === undefined) return { failed: 'gone' }
  const { draft } = kept
  const { zone } = room.houseOf(office).office
  const response = await partResponse(room.client, room.sealing, {
    kept,
    channel: conversation.channel,
    zone,
    at,
  })
  if (response.values.includes(null)) return { failed: 'not_whole' }
  if (!(await markAnswered(room.client, Buffer.from(draft.mark, 'hex'), draft.keptUntil)))
    return { failed: 'answered' }
  if (draft.code !== undefined) await countUse(room.client, draft.code, localTime(zone, at).slice(0, 10))
  await separate(room.client, room.sealing, { kept, response, suggestion })
  return { result: {}, unsaid: true }
}

/** They would rather not. That is a refusal and no value. */
export const refuseSurvey: Action = (room, requests) => oneByOne(room, requests, refuse)

async function refuse(room: Room, request: Request): Promise<Outcome> {
  const occasion = await occasionOf(room, request)
  if (occasion.found !== 'ya') return { result: {} }
  if (occasion.invitation !== undefined) await refuseInvitation(room.client, occasion.invitation.id)
  const service = occasion.services.length === 1 ? (occasion.services[0] ?? '') : ''
  await tally(room.client, countedAt(room, request, { ...occasion.draft, service }), 'refused')
  return { result: {} }
}

function draftOf(room: Room, request: Request, id: string): Promise<KeptDraft | undefined> {
  return draftCalled(room.client, room.sealing, { id, conversationId: request.conversation.id })
}

async function oneByOne(
  room: Room,
  requests: Request[],
  work: (room: Room, request: Request) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await work(room, request))
  return outcomes
}
