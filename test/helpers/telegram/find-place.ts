import { refusal } from './refusal.ts'
import type { Message } from './shapes.ts'
import type { BotState, Member, Place, Topic, World } from './world.ts'

export function isIn(member: Member | undefined): member is Member {
  return member !== undefined && member.status !== 'left' && member.status !== 'kicked'
}

export function isAdmin(place: Place, userId: number): boolean {
  const status = place.members.get(userId)?.status
  return status === 'administrator' || status === 'creator'
}

/** The place a call names, if the bot has one of that id; says nothing about whether it may write there. */
export function placeNamed(world: World, bot: BotState, chatId: unknown): Place | undefined {
  return world.places.find(
    ({ chat, bot: owner }) =>
      (owner === undefined || owner === bot) &&
      (chat.id === Number(chatId) || (chat.username !== undefined && `@${chat.username}` === chatId)),
  )
}

function checkPrivate(world: World, place: Place, bot: BotState): void {
  if (place.door === 'blocked') throw refusal(403, 'Forbidden: bot was blocked by the user')
  if (place.door === 'deactivated') throw refusal(403, 'Forbidden: user is deactivated')
  if (place.door === 'open') return
  const met = world.places.some(
    ({ members }) => isIn(members.get(place.chat.id)) && isIn(members.get(bot.user.id)),
  )
  throw met
    ? refusal(403, "Forbidden: bot can't initiate conversation with a user")
    : refusal(400, 'Bad Request: chat not found')
}

function checkGroup(place: Place, bot: BotState): void {
  const member = place.members.get(bot.user.id)
  if (member === undefined) throw refusal(400, 'Bad Request: chat not found')
  if (place.movedTo !== undefined)
    throw refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: place.movedTo,
    })
  const kind = place.chat.type === 'group' ? 'group' : place.chat.type
  if (member.status === 'kicked') throw refusal(403, `Forbidden: bot was kicked from the ${kind} chat`)
  if (member.status === 'left') throw refusal(403, `Forbidden: bot is not a member of the ${kind} chat`)
}

/** The chat a call names, in which the bot may write now. */
export function findPlace(world: World, bot: BotState, chatId: unknown): Place {
  const place = placeNamed(world, bot, chatId)
  if (place === undefined) throw refusal(400, 'Bad Request: chat not found')
  if (place.chat.type === 'private') checkPrivate(world, place, bot)
  else checkGroup(place, bot)
  return place
}

/** The topic a send names; undefined for none, which in a forum is General. */
export function findThread(place: Place, threadId: unknown): Topic | undefined {
  if (threadId === undefined) return undefined
  const topic = place.topics.get(Number(threadId))
  if (topic === undefined) throw refusal(400, 'Bad Request: message thread not found')
  if (topic.closed) throw refusal(400, 'Bad Request: TOPIC_CLOSED')
  return topic
}

/** A message by its id, or the refusal that belongs to what was wanted with it. */
export function findMessage(place: Place, id: unknown, wanted: string): Message {
  const message = place.messages.get(Number(id))
  if (message === undefined) throw refusal(400, `Bad Request: message to ${wanted} not found`)
  return message
}
