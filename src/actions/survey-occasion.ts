import { localTime } from '../lib/local-time.ts'
import { addDays } from '../lib/working-days.ts'
import { isAnswered, markOfInvitation, markOfVisit } from '../surveys/answered.ts'
import type { Draft } from '../surveys/drafts.ts'
import { type Invitation, invitationsOf } from '../surveys/invitations.ts'
import { isUsedUp, pointCalled } from '../surveys/points.ts'
import { type Counted, monthOf } from '../surveys/tallies.ts'
import type { Request, Room } from './action.ts'

/** Marks are kept this long beyond the last day they could be needed. */
const MARK_DAYS = 7

/** Why somebody may be asked now, or why not, as the flow names it. */
export type Occasion =
  | { found: 'tiada' | 'sudah' | 'salah' | 'penuh'; invitation?: Invitation }
  | {
      found: 'ya'
      /** Several to choose from, or the one there is. */
      services: string[]
      invitation?: Invitation
      draft: Omit<Draft, 'version' | 'service' | 'answers' | 'messages' | 'turns'>
    }

/** By the code of a counter, or else by an invitation of this chat. */
export async function occasionOf(room: Room, request: Request): Promise<Occasion> {
  const { survey = '', code = '' } = request.with
  return code === '' ? byInvitation(room, request, survey) : byVisit(room, request, survey, code)
}

async function byInvitation(room: Room, request: Request, survey: string): Promise<Occasion> {
  const { conversation, at } = request
  const all = await invitationsOf(room.client, { conversationId: conversation.id, survey, at })
  for (const invitation of all) {
    const mark = markOfInvitation(room.sealing, invitation.id)
    if (invitation.status === 'refused' || (await isAnswered(room.client, mark))) continue
    const { source, unit, service, over_at } = invitation
    const keptUntil = addDays(over_at.toISOString().slice(0, 10), MARK_DAYS)
    return {
      found: 'ya',
      services: [service],
      invitation,
      draft: { source, unit, mark: mark.toString('hex'), keptUntil },
    }
  }
  return { found: all.length === 0 ? 'tiada' : 'sudah' }
}

async function byVisit(room: Room, request: Request, survey: string, typed: string): Promise<Occasion> {
  const { office, conversation, at } = request
  const day = localTime(room.houseOf(office).office.zone, at).slice(0, 10)
  const point = await pointCalled(room.client, office, typed)
  if (point === undefined || point.survey !== survey) return { found: 'salah' }
  const mark = markOfVisit(room.sealing, point.code, conversation.id, day)
  if (await isAnswered(room.client, mark)) return { found: 'sudah' }
  if (isUsedUp(point, day)) return { found: 'penuh' }
  const { code, unit, services } = point
  const keptUntil = addDays(day, MARK_DAYS)
  return {
    found: 'ya',
    services,
    draft: { source: 'visit', unit, code, mark: mark.toString('hex'), keptUntil },
  }
}

/** Where what happens to this occasion is counted. */
export function countedAt(
  room: Room,
  { office, at, with: { survey = '' } }: Request,
  { source, unit, service }: Pick<Draft, 'source' | 'unit' | 'service'>,
): Counted {
  const { zone } = room.houseOf(office).office
  return { office, survey, month: monthOf(localTime(zone, at)), source, unit, service }
}
