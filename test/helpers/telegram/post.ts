import { isAdmin, isIn } from './find-place.ts'
import type { Content, Message, Service, User } from './shapes.ts'
import { tell } from './updates.ts'
import { type BotState, date, type Place, type World } from './world.ts'

export type Said = Content &
  Service &
  Partial<
    Pick<
      Message,
      'sender_chat' | 'author_signature' | 'forward_origin' | 'is_automatic_forward' | 'reply_markup'
    >
  >

const SERVICE = /^(new_chat_|left_chat_|migrate_|forum_topic_|pinned_message)/

function isService(message: Message): boolean {
  return Object.keys(message).some(name => SERVICE.test(name))
}

/** Of their own messages bots are only told some that Telegram made of their calls (need_skip_update_message). */
function isOwnEcho(message: Message): boolean {
  return !Object.keys(message).some(name => /^(forum_topic_|pinned_message|left_chat_member)/.test(name))
}

/** Privacy mode: in groups, a bot that is no administrator hears commands meant for it, replies to it and what Telegram says. */
function mayHear(bot: BotState, place: Place, message: Message): boolean {
  if (message.from?.id === bot.user.id) return !isOwnEcho(message)
  if (message.from?.is_bot === true && message.sender_chat === undefined) return isService(message)
  if (place.bot !== undefined || bot.readsAll || isAdmin(place, bot.user.id) || isService(message))
    return true
  const command = /^\/\w+(?:@(\w+))?/.exec(message.text ?? message.caption ?? '')
  if (command !== null && (command[1] === undefined || command[1] === bot.user.username)) return true
  return message.reply_to_message?.from?.id === bot.user.id
}

export function botsIn(world: World, place: Place): BotState[] {
  if (place.bot !== undefined) return [place.bot]
  return world.bots.filter(bot => isIn(place.members.get(bot.user.id)))
}

/** Tells every bot of the chat that may hear it. */
export function announce(
  world: World,
  place: Place,
  message: Message,
  kind: 'message' | 'edited_message',
): void {
  for (const bot of botsIn(world, place))
    if (mayHear(bot, place, message)) tell(bot, kind, message, `${place.chat.id}`)
  world.onChange()
}

function quoted(place: Place, id: number | undefined): Pick<Message, 'reply_to_message'> {
  const message = id === undefined ? undefined : place.messages.get(id)
  if (message === undefined) return {}
  const { reply_to_message: _, ...rest } = message
  return { reply_to_message: rest }
}

/** In a forum the topic; in another supergroup the message a thread of replies began with, which is no topic. */
function threadOf(place: Place, thread: number | undefined, replyTo: number | undefined): Partial<Message> {
  if (thread !== undefined) return { message_thread_id: thread, is_topic_message: true }
  if (place.chat.type !== 'supergroup' || place.chat.is_forum || replyTo === undefined) return {}
  return { message_thread_id: place.messages.get(replyTo)?.message_thread_id ?? replyTo }
}

/** Puts a message into the chat and tells the bots there. Whoever writes in a topic replies to its first message, as on Telegram. */
export function post(
  world: World,
  place: Place,
  from: User,
  said: Said,
  to: { thread?: number | undefined; replyTo?: number | undefined } = {},
): Message {
  const id = place.nextMessageId()
  const thread = said.forum_topic_created === undefined ? to.thread : id
  const message: Message = {
    message_id: id,
    date: date(world),
    chat: place.chat,
    from,
    ...threadOf(place, thread, to.replyTo),
    ...quoted(place, to.replyTo ?? thread),
    ...said,
  }
  place.messages.set(message.message_id, message)
  announce(world, place, message, 'message')
  return message
}
