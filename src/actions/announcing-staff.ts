import type { Doer } from '../records/announcements.ts'
import { AGREES_TO_ANNOUNCE, ANNOUNCES, memberById } from '../records/duties.ts'
import { personAt } from '../records/staff.ts'
import type { Request, Room } from './action.ts'
import { isHead, whoActs } from './who-acts.ts'

/** Who wants something of an announcement, and whether they may write one, or approve what others wrote. */
export type Announcing = Doer & { mayWrite: boolean; mayApprove: boolean }

/** Undefined when it is nobody's business of theirs, as with tickets. In a desk's group whoever works there may write. */
export async function announcing(room: Room, request: Request): Promise<Announcing | undefined> {
  if (request.signedIn !== undefined) return whoSits(room, request.office, request.signedIn)
  const name = await whoActs(room, request)
  if (name === undefined) return undefined
  const { account = '' } = request.with
  const { channel } = request.conversation
  const person =
    account === ''
      ? undefined
      : await personAt(room.client, room.sealing, { office: request.office, channel, account })
  return { name, id: person?.id ?? null, mayWrite: true, mayApprove: await isHead(room, request) }
}

/** On the pages it takes the duty; what is announced belongs to no desk. */
async function whoSits(room: Room, office: string, id: string): Promise<Announcing | undefined> {
  const member = await memberById(room.client, id)
  if (member === undefined || member.office !== office) return undefined
  const mayWrite = member.duties.some(duty => ANNOUNCES.includes(duty))
  const mayApprove = member.duties.some(duty => AGREES_TO_ANNOUNCE.includes(duty))
  return mayWrite || mayApprove ? { name: member.name, id, mayWrite, mayApprove } : undefined
}
