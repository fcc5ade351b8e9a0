import type { Doer } from '../records/announcements.ts'
import { personAt } from '../records/staff.ts'
import type { Request, Room } from './action.ts'
import { isHead, whoActs } from './who-acts.ts'

/** Who wants something of an announcement, and whether they may approve what others drafted. */
export type Announcing = Doer & { mayApprove: boolean }

/** Undefined when it is nobody's business of theirs, as with tickets. */
export async function announcing(room: Room, request: Request): Promise<Announcing | undefined> {
  const name = await whoActs(room, request)
  if (name === undefined) return undefined
  const { account = '' } = request.with
  const { channel } = request.conversation
  const person =
    account === ''
      ? undefined
      : await personAt(room.client, room.sealing, { office: request.office, channel, account })
  return { name, id: person?.id ?? null, mayApprove: await isHead(room, request) }
}
