import { chatsOf } from '../records/links.ts'
import { listingOf } from '../records/listings-of.ts'
import { cancelRegistrations, type Registration, registrationsOf } from '../records/registrations.ts'
import type { Action, Outcome, Request, Room, Tell } from './action.ts'
import { tellChat } from './tell-chat.ts'

/** What this citizen is registered for, as options. */
export const myRegistrations: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, at } of requests) {
    const own = await registrationsOf(room.client, await chatsOf(room.client, conversation.id), at)
    const waits = conversation.language === 'en' ? 'waiting list' : 'daftar tunggu'
    outcomes.push({
      result: {
        count: String(own.length),
        options: Object.fromEntries(
          own.map(({ id, title, number, status }) => [
            id,
            `${title} · no. ${number}${status === 'waiting' ? ` (${waits})` : ''}`,
          ]),
        ),
      },
    })
  }
  return outcomes
}

/** Takes one of the citizen's own registrations back. `kind`: cancelled or gone. Whoever gets the place is told. */
export const cancelRegistration: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const {
      conversation,
      at,
      with: { registration = '' },
    } = request
    const own = await registrationsOf(room.client, await chatsOf(room.client, conversation.id), at)
    const mine = own.find(({ id }) => id === registration)
    if (mine === undefined) {
      outcomes.push({ result: { kind: 'gone', text: '' } })
      continue
    }
    const promoted = await cancelRegistrations(room.client, [mine], at)
    outcomes.push({
      result: { kind: 'cancelled', text: mine.title },
      tells: await tellPromoted(room, request, promoted),
    })
  }
  return outcomes
}

/** Tells those who waited that there is a place for them now. */
export async function tellPromoted(
  room: Room,
  request: Pick<Request, 'key' | 'office' | 'at'>,
  promoted: Registration[],
): Promise<Tell[]> {
  const tells: Tell[] = []
  for (const { office, agenda, conversation_id, number } of promoted) {
    const item = await listingOf(room.client, office, 'agenda', agenda)
    if (item === undefined) continue
    const { title } = item
    tells.push(
      await tellChat(room, { ...request, key: `${request.key}/${agenda}` }, conversation_id, {
        id: `Ada tempat untuk Bapak/Ibu: *${title}*, nomor ${number}. Bila tidak jadi, ketik *batal daftar*, supaya tempatnya untuk yang lain.`,
        en: `There is a place for you: *${title}*, number ${number}. If you cannot come, type *cancel registration*, so that others get it.`,
      }),
    )
  }
  return tells
}
