import type { CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User } from 'grammy/types'
import type { InboundMessage } from '../channel.ts'
import { type Command, readCommand, typedCommand } from './command.ts'
import { type Media, readContent } from './read-content.ts'

/** Where something happened. `chat` is Telegram's id as text; `thread` a topic of a forum. */
export type Place = {
  chat: string
  isPrivate: boolean
  isForum: boolean
  thread: string | undefined
}

/** Who did it: their account, and what they are called. */
export type Person = { account: string; called: string; language: string | undefined }

/** A message but for who wrote it, which only the office's desks can tell, and the file, which must be fetched. */
export type Words = Omit<InboundMessage, 'from' | 'file'>

export type Heard =
  | {
      is: 'said'
      place: Place
      person: Person
      words: Words
      media?: Media
      command?: Command
      /** A button was pressed: what to answer to, and what stood on it. */
      press?: { query: string; token: string }
    }
  | { is: 'joined'; place: Place }
  | { is: 'removed'; place: Place }
  | { is: 'moved'; from: string; to: string }
  /** People came into a group; `id` is that of the message that says so. */
  | { is: 'newcomers'; place: Place; id: string }
  | { is: 'nothing'; query?: string }

/** An update in our words. Pure: `username` is the bot's name, where it is known yet; `at` is now, for what has no time. */
export function translate(update: Update, office: string, username: string | undefined, at: Date): Heard {
  const { message, edited_message, callback_query, my_chat_member } = update
  if (callback_query !== undefined) return pressed(callback_query, office, at)
  if (my_chat_member !== undefined) return membership(my_chat_member)
  if (message !== undefined) return said(message, office, username, false)
  return edited_message === undefined ? { is: 'nothing' } : said(edited_message, office, username, true)
}

function said(message: Message, office: string, username: string | undefined, isEdit: boolean): Heard {
  const { chat, migrate_to_chat_id: to, migrate_from_chat_id: old } = message
  if (to !== undefined) return { is: 'moved', from: String(chat.id), to: String(to) }
  if (old !== undefined) return { is: 'moved', from: String(old), to: String(chat.id) }
  if (message.new_chat_members?.some(({ is_bot }) => !is_bot))
    return { is: 'newcomers', place: placeOf(chat), id: `${chat.id}:${message.message_id}` }
  const content = readContent(message)
  const { from } = message
  if (content === undefined || from === undefined || !isOwnWords(message, from)) return { is: 'nothing' }
  // A shared live location is edited every few seconds; the first position is the answer.
  if (isEdit && content.kind === 'location') return { is: 'nothing' }
  const command = content.kind === 'text' ? readCommand(content.text) : undefined
  const isForAnother = username !== undefined && command?.bot !== undefined
  if (isForAnother && command?.bot?.toLowerCase() !== username.toLowerCase()) return { is: 'nothing' }

  const place = placeOf(chat, message)
  const person = personOf(from)
  const { media, ...words } = content
  const id = `${chat.id}:${message.message_id}`
  return {
    is: 'said',
    place,
    person,
    words: {
      ...atPlace(office, place, person),
      externalId: isEdit ? `e:${id}:${message.edit_date ?? 0}` : `m:${id}`,
      ...words,
      ...(command === undefined ? {} : { text: typedCommand(command) }),
      ...(isEdit ? { edits: String(message.message_id) } : {}),
      ref: String(message.message_id),
      ...replyOf(message),
      ...(message.media_group_id === undefined ? {} : { album: message.media_group_id.slice(0, 64) }),
      sentAt: new Date((isEdit ? (message.edit_date ?? message.date) : message.date) * 1000),
    },
    // What was changed is the caption: the file was taken when it came.
    ...(media === undefined || isEdit ? {} : { media }),
    ...(command === undefined || isEdit || message.forward_origin !== undefined ? {} : { command }),
  }
}

/**
 * Whether these are words of the account that stands there. In a group nobody speaks for somebody else: no anonymous
 * administrator, no linked channel, no other bot, nothing passed on from elsewhere.
 */
function isOwnWords(message: Message, from: User): boolean {
  if (from.is_bot) return false
  if (message.chat.type === 'private') return true
  return (
    message.chat.type !== 'channel' &&
    message.sender_chat === undefined &&
    message.forward_origin === undefined &&
    message.via_bot === undefined
  )
}

function pressed(query: CallbackQuery, office: string, at: Date): Heard {
  const { id, from, data, message } = query
  if (message === undefined || data === undefined || from.is_bot || message.chat.type === 'channel') {
    return { is: 'nothing', query: id }
  }
  const place = placeOf(message.chat, 'date' in message && message.date !== 0 ? message : undefined)
  const person = personOf(from)
  return {
    is: 'said',
    place,
    person,
    words: {
      ...atPlace(office, place, person),
      externalId: `c:${id.slice(0, 100)}`,
      kind: 'text',
      text: '',
      replyTo: String(message.message_id),
      sentAt: at,
    },
    press: { query: id, token: data },
  }
}

function membership({ chat, new_chat_member: { status } }: ChatMemberUpdated): Heard {
  if (chat.type === 'private' || chat.type === 'channel') return { is: 'nothing' }
  const isGone = status === 'left' || status === 'kicked'
  const place = placeOf(chat)
  return isGone ? { is: 'removed', place } : { is: 'joined', place }
}

function atPlace(office: string, { chat, thread }: Place, { language }: Person) {
  return {
    office,
    channel: 'telegram' as const,
    address: chat,
    ...(thread === undefined ? {} : { thread }),
    ...(language === undefined ? {} : { language }),
  }
}

function placeOf(chat: Chat, message?: Message): Place {
  const thread = message?.is_topic_message === true ? message.message_thread_id : undefined
  return {
    chat: String(chat.id),
    isPrivate: chat.type === 'private',
    isForum: chat.is_forum === true,
    thread: thread === undefined ? undefined : String(thread),
  }
}

function personOf({ id, first_name, username, language_code }: User): Person {
  return {
    account: String(id),
    called: first_name.trim() === '' ? (username ?? '') : first_name,
    language: /^[a-z]{2,3}/i.exec(language_code ?? '')?.[0].toLowerCase(),
  }
}

/** In a topic every message answers the one that opened it, which says nothing. */
function replyOf({ reply_to_message: to, message_thread_id: thread, is_topic_message: inTopic }: Message) {
  if (to === undefined || (inTopic === true && to.message_id === thread)) return {}
  return { replyTo: String(to.message_id) }
}
