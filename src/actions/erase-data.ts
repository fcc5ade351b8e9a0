import type { PoolClient } from 'pg'
import { forgetWords } from '../records/duplicates.ts'
import { forgetAbout } from '../records/forget-about.ts'
import { forgetTraces } from '../records/forget-traces.ts'
import { forgetWishes } from '../records/forget-wishes.ts'
import { chatsOf, unlinkChat } from '../records/links.ts'
import { partTickets } from '../records/merges.ts'
import { forgetQuestions } from '../records/questions.ts'
import { forgetRegistrations } from '../records/registrations.ts'
import { ticketsOfConversations } from '../records/tickets.ts'
import { forgetSentOf } from '../records/whatsapp-messages.ts'
import { forgetSurveys } from '../surveys/invitations.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { tellPromoted } from './cancel-registration.ts'
import { freeFollowers } from './free-followers.ts'
import { tellChat } from './tell-chat.ts'

/**
 * HAPUS DATA: the keys of all tickets of this conversation are destroyed, so their words are unreadable at once;
 * what was said of them at the desks goes with them, and what was said here is forgotten like after an anonymous report. Codes, states and dates stay countable.
 * A linked chat loses its tickets as well and the link, and is told; its own messages are forgotten when the words are said there.
 * What stands here and there beside words goes as well (`records/person-tables.ts`); a test holds that list against the schema.
 * Whoever followed one of the tickets has their own report back, untouched.
 */
export const eraseData: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(await erase(room, request))
  return outcomes
}

async function erase(room: Room, request: Request): Promise<Outcome> {
  const { client } = room
  const { id } = request.conversation
  const chats = await chatsOf(client, id)
  const own = await ticketsOfConversations(client, chats, ALL)
  const tells = await freeFollowers(room, request, own)
  const owned = own.map(ticket => ticket.id)
  await forgetSentOf(client, room.sealing, { chats, tickets: owned })
  await partTickets(client, owned, request.at)
  await forgetWords(client, owned)
  await forgetQuestions(client, chats, 'tickets')
  await forgetWishes(client, chats)
  await forgetSurveys(client, chats)
  const promoted = await forgetRegistrations(client, chats, request.at)
  tells.push(...(await tellPromoted(room, request, promoted)))
  const count = await eraseTickets(client, chats)
  const other = await unlinkChat(client, id)
  await forgetTraces(client, chats, owned)
  if (other !== undefined) tells.push(await tellChat(room, request, other, ERASED_THERE))
  return { result: { count: String(count) }, tells, wipe: true }
}

/** Nobody has filed as many from one chat. */
const ALL = 100_000

const ERASED_THERE = {
  id: 'Data laporan Bapak/Ibu dihapus lewat percakapan lain yang tersambung, dan sambungannya diputus. Untuk menghapus isi percakapan ini juga, ketik *hapus data*.',
  en: 'Your reports were erased from the other chat that was linked to this one, and the link is ended. To erase what was said here as well, type *erase data*.',
}

async function eraseTickets(client: PoolClient, conversationIds: string[]): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `update tickets set wrapped_key = null, fields = null, taken_by = null, conversation_id = null,
       status = case when status in ('closed', 'not_ours', 'archived') then status else 'withdrawn' end,
       closed_at = coalesce(closed_at, now()), updated_at = now()
     where conversation_id = any($1::uuid[]) returning id`,
    [conversationIds],
  )
  const ids = rows.map(({ id }) => id)
  await client.query('update ticket_events set sealed = null where ticket_id = any($1::uuid[])', [ids])
  await client.query(
    'delete from files where conversation_id = any($1::uuid[]) or ticket_id = any($2::uuid[])',
    [conversationIds, ids],
  )
  await forgetAbout(client, ids)
  return ids.length
}
