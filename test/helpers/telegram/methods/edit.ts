import { isDeepStrictEqual } from 'node:util'
import { findMessage, findPlace, isAdmin } from '../find-place.ts'
import { post } from '../post.ts'
import { breach, refusal } from '../refusal.ts'
import type { Message } from '../shapes.ts'
import { date, type Place } from '../world.ts'
import { type Ask, captionOf, type Method, markupOf, textOf } from './ask.ts'

const TWO_DAYS = 48 * 60 * 60

function findOwn({ world, bot, fields }: Ask): { place: Place; message: Message } {
  if (fields.chat_id === undefined || fields.message_id === undefined)
    throw breach('chat_id and message_id are required; messages of inline mode are not sent here')
  const place = findPlace(world, bot, fields.chat_id)
  const message = findMessage(place, fields.message_id, 'edit')
  if (message.from?.id !== bot.user.id || message.forward_origin !== undefined)
    throw refusal(400, "Bad Request: message can't be edited")
  return { place, message }
}

/** Puts `next` in the place of what the call names. A keyboard that is not sent again is gone, as on Telegram. */
function edit(
  ask: Ask,
  parts: 'text' | 'caption' | 'nothing',
  change: (message: Message) => Partial<Message>,
): Message {
  const { place, message } = findOwn(ask)
  const { text, entities, caption, caption_entities, reply_markup: _, edit_date, ...rest } = message
  if (parts === 'text' && text === undefined)
    throw refusal(400, 'Bad Request: there is no text in the message to edit')
  if (parts === 'caption' && text !== undefined)
    throw refusal(400, 'Bad Request: there is no caption in the message to edit')
  const words = { text, entities, caption, caption_entities }
  const kept = parts === 'nothing' ? Object.entries(words).filter(([, value]) => value !== undefined) : []
  const markup = markupOf(ask.fields, place.chat.type === 'private')
  const next: Message = { ...rest, ...Object.fromEntries(kept), ...change(message), ...markup }
  if (isDeepStrictEqual({ ...next, edit_date: undefined }, { ...message, edit_date: undefined }))
    throw refusal(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  // A new keyboard under old words is not shown as an edit.
  const shown = parts === 'nothing' ? edit_date : date(ask.world)
  if (shown !== undefined) next.edit_date = shown
  place.messages.set(next.message_id, next)
  ask.world.onChange()
  return next
}

function remove({ world, bot, fields }: Ask, id: unknown): void {
  const place = findPlace(world, bot, fields.chat_id)
  const message = findMessage(place, id, 'delete')
  const own = message.from?.id === bot.user.id
  const isPrivate = place.chat.type === 'private'
  const isOld = message.date < date(world) - TWO_DAYS
  if (isAdmin(place, bot.user.id) ? false : isOld || (!own && !isPrivate))
    throw refusal(400, "Bad Request: message can't be deleted")
  place.messages.delete(message.message_id)
  world.onChange()
}

const setMessageReaction: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  const message = findMessage(place, fields.message_id, 'react')
  const reaction = Array.isArray(fields.reaction) ? fields.reaction : []
  if (reaction.length > 1) throw breach('REACTIONS_TOO_MANY: a bot may leave one')
  place.reactions.set(message.message_id, reaction)
  world.onChange()
  return true
}

const pinChatMessage: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  const message = findMessage(place, fields.message_id, 'pin')
  if (place.chat.type !== 'private' && !isAdmin(place, bot.user.id))
    throw refusal(400, 'Bad Request: not enough rights to manage pinned messages in the chat')
  place.pinned.push(message.message_id)
  post(world, place, bot.user, { pinned_message: message }, { thread: message.message_thread_id })
  return true
}

const unpinChatMessage: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  const id = fields.message_id === undefined ? place.pinned.at(-1) : Number(fields.message_id)
  if (id === undefined || !place.pinned.includes(id))
    throw refusal(400, 'Bad Request: message to unpin not found')
  place.pinned = place.pinned.filter(one => one !== id)
  return true
}

export const editing: Record<string, Method> = {
  editMessageText: ask => edit(ask, 'text', () => textOf(ask.fields)),
  editMessageCaption: ask => edit(ask, 'caption', () => captionOf(ask.fields)),
  editMessageReplyMarkup: ask => edit(ask, 'nothing', () => ({})),
  deleteMessage: ask => {
    remove(ask, ask.fields.message_id)
    return true
  },
  deleteMessages: ask => {
    const ids = Array.isArray(ask.fields.message_ids) ? ask.fields.message_ids : []
    if (ids.length < 1 || ids.length > 100)
      throw breach(`1 to 100 messages are deleted at once, not ${ids.length}`)
    for (const id of ids) remove(ask, id)
    return true
  },
  setMessageReaction,
  pinChatMessage,
  unpinChatMessage,
}
