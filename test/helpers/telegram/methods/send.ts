import { findFile, storeFile } from '../files.ts'
import { findMessage, findPlace, findThread } from '../find-place.ts'
import { post, type Said } from '../post.ts'
import { breach, refusal } from '../refusal.ts'
import { type Content, type Fields, type FileRef, isObject, type Message } from '../shapes.ts'
import { date, type Place } from '../world.ts'
import { type Ask, captionOf, keysOf, type Method, markupOf, textOf } from './ask.ts'

const MB = 1024 * 1024

/** Puts what a bot says into the chat the call names, in its topic, as a reply if it asks for one. */
function send(ask: Ask, contentOf: (place: Place) => Said): Message {
  const { world, bot, fields } = ask
  const place = findPlace(world, bot, fields.chat_id)
  const said = { ...contentOf(place), ...markupOf(fields, place.chat.type === 'private') }
  const thread = findThread(place, fields.message_thread_id)?.id
  const reply = isObject(fields.reply_parameters) ? fields.reply_parameters : undefined
  const replyTo = reply?.message_id
  if (
    typeof replyTo === 'number' &&
    !place.messages.has(replyTo) &&
    reply?.allow_sending_without_reply !== true
  )
    throw refusal(400, 'Bad Request: message to be replied not found')
  place.typing = undefined
  place.keys = keysOf(fields) ?? place.keys
  return post(world, place, bot.user, said, {
    thread,
    ...(typeof replyTo === 'number' ? { replyTo } : {}),
  })
}

/** A file sent along, or one Telegram has already, by its id. Addresses are refused: nothing here leaves the machine. */
function fileOf(ask: Ask, value: unknown, folder: string, limit: number): FileRef {
  const words = String(value)
  const upload = ask.uploads.get(words.replace('attach://', ''))
  if (upload === undefined) {
    if (words.startsWith('http')) throw refusal(400, 'Bad Request: failed to get HTTP URL content')
    return findFile(ask.world, words).ref
  }
  const { bytes, name, type } = upload
  if (bytes.length === 0) throw breach('file must be non-empty')
  if (bytes.length > limit) throw breach(`file of ${bytes.length} bytes, and Telegram takes ${limit}`)
  return storeFile(ask.world, folder, bytes, {
    ...(folder === 'photos' ? { width: 1280, height: 960 } : { file_name: name }),
    ...(folder === 'photos' || type === '' ? {} : { mime_type: type }),
  })
}

function mediaOf(ask: Ask, kind: string, value: unknown): Content {
  if (kind === 'photo') return { photo: [fileOf(ask, value, 'photos', 10 * MB)] }
  if (kind === 'voice') return { voice: fileOf(ask, value, 'voice', 50 * MB) }
  if (kind === 'document') return { document: fileOf(ask, value, 'documents', 50 * MB) }
  throw refusal(400, `Bad Request: media of type ${kind} is not known here`)
}

function sendMedia(kind: 'photo' | 'voice' | 'document'): Method {
  return ask => send(ask, () => ({ ...captionOf(ask.fields), ...mediaOf(ask, kind, ask.fields[kind]) }))
}

const sendMediaGroup: Method = ask => {
  const media = Array.isArray(ask.fields.media) ? ask.fields.media.filter(isObject) : []
  if (media.length < 2 || media.length > 10) throw breach(`an album has 2 to 10 parts, not ${media.length}`)
  if (new Set(media.map(one => one.type)).size > 1 && media.some(one => one.type === 'document'))
    throw breach("can't use the media of the specified type in the album")
  const media_group_id = `${ask.world.nextId()}`
  const parts = media.map(one => ({
    ...mediaOf(ask, String(one.type), one.media),
    ...captionOf(one),
    media_group_id,
  }))
  return parts.map(part => send(ask, () => part))
}

const sendLocation: Method = ask => {
  const latitude = Number(ask.fields.latitude)
  const longitude = Number(ask.fields.longitude)
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw breach('wrong latitude or longitude')
  return send(ask, () => ({ location: { latitude, longitude } }))
}

/** The message a call copies or forwards, from a chat the bot may read. */
function sourceOf({ world, bot, fields }: Ask, deed: 'copy' | 'forward'): Message {
  return findMessage(findPlace(world, bot, fields.from_chat_id), fields.message_id, deed)
}

function contentOf(message: Message, deed: 'copied' | 'forwarded'): Content {
  const kinds = ['text', 'entities', 'caption', 'caption_entities', 'photo', 'document', 'voice', 'video']
  const more = ['sticker', 'location', 'contact']
  const kept = Object.entries(message).filter(([name]) => [...kinds, ...more].includes(name))
  if (kept.length === 0) throw refusal(400, `Bad Request: message can't be ${deed}`)
  return structuredClone(Object.fromEntries(kept))
}

const copyMessage: Method = ask => {
  const source = sourceOf(ask, 'copy')
  const { message_id } = send(ask, () => {
    const content: Fields = contentOf(source, 'copied')
    return ask.fields.caption === undefined ? content : { ...content, ...captionOf(ask.fields) }
  })
  return { message_id }
}

const forwardMessage: Method = ask => {
  const source = sourceOf(ask, 'forward')
  const { from, date: at } = source
  const forward_origin =
    source.forward_origin ??
    (from === undefined
      ? { type: 'chat' as const, date: at, sender_chat: source.chat }
      : { type: 'user' as const, date: at, sender_user: from })
  return send(ask, () => ({ ...contentOf(source, 'forwarded'), forward_origin }))
}

const ACTIONS =
  /^(typing|upload_photo|record_video|upload_video|record_voice|upload_voice|upload_document|choose_sticker|find_location|record_video_note|upload_video_note)$/

const sendChatAction: Method = ({ world, bot, fields }) => {
  const place = findPlace(world, bot, fields.chat_id)
  const action = String(fields.action)
  if (!ACTIONS.test(action)) throw breach(`wrong parameter action "${action}"`)
  const thread = findThread(place, fields.message_thread_id)?.id
  place.typing = { by: bot.user.first_name, thread, action, at: date(world) }
  world.onChange()
  return true
}

export const sending: Record<string, Method> = {
  sendMessage: ask => send(ask, () => textOf(ask.fields)),
  sendPhoto: sendMedia('photo'),
  sendVoice: sendMedia('voice'),
  sendDocument: sendMedia('document'),
  sendMediaGroup,
  sendLocation,
  copyMessage,
  forwardMessage,
  sendChatAction,
}
