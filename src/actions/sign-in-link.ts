import { note } from '../records/audit.ts'
import { issueSignIn } from '../records/sign-in-links.ts'
import { personAt } from '../records/staff.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/**
 * A link that signs whoever writes here in to the pages of staff: only where the chat's own address is an account on the list. A
 * browser's chat is nobody's account.
 */
export const signInLink: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await linkFor(room, request) })
  return outcomes
}

const NOBODY = { staff: 'tidak', name: '', url: '' }

async function linkFor(room: Room, request: Request): Promise<Record<'staff' | 'name' | 'url', string>> {
  const { office, conversation } = request
  if (room.pagesAt === undefined || conversation.channel === 'web' || conversation.channel === 'console')
    return NOBODY
  const { rows } = await room.client.query<{ address: Buffer; wrapped_key: Buffer }>(
    'select address, wrapped_key from conversations where id = $1',
    [conversation.id],
  )
  const [row] = rows
  if (row === undefined) return NOBODY
  const key = room.sealing.unwrap(row.wrapped_key, `conversations.${conversation.id}`)
  const account = room.sealing.open(key, `conversations.address.${conversation.id}`, row.address)
  const person = await personAt(room.client, room.sealing, { office, channel: conversation.channel, account })
  if (person === undefined) return NOBODY
  const token = await issueSignIn(room.client, person.id)
  const entry = { office, actor: person.id, action: 'sign_in_link_asked', subject: person.id }
  await note(room.client, room.sealing, entry, request.at)
  return { staff: 'ya', name: person.name, url: `${room.pagesAt}/sign-in/${token}` }
}
