import type { Update } from 'grammy/types'

type Check = (value: unknown) => boolean

const text: Check = value => typeof value === 'string'
const whole: Check = Number.isSafeInteger
const number: Check = Number.isFinite
const flag: Check = value => typeof value === 'boolean'
const maybe =
  (check: Check): Check =>
  value =>
    value === undefined || check(value)

function has(shape: Record<string, Check>): Check {
  const entries = Object.entries(shape)
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    for (const [key, check] of entries) {
      const given = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
      if (!check(given)) return false
    }
    return true
  }
}

const listOf =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check)

const within =
  (most: number): Check =>
  value =>
    number(value) && Math.abs(value as number) <= most

/** Seconds since 1970, up to the year 2242: what is beyond is no time of a message, and far beyond no Date at all. */
const seconds: Check = value => whole(value) && (value as number) >= 0 && (value as number) < 2 ** 33

const user = has({
  id: whole,
  is_bot: flag,
  first_name: text,
  username: maybe(text),
  language_code: maybe(text),
})
const chat = has({ id: whole, type: text, is_forum: maybe(flag) })
const file = has({ file_id: text, file_size: maybe(whole), file_name: maybe(text), mime_type: maybe(text) })
const place = has({ latitude: within(90), longitude: within(180), live_period: maybe(whole) })

const message = has({
  message_id: whole,
  date: seconds,
  chat,
  from: maybe(user),
  sender_chat: maybe(chat),
  message_thread_id: maybe(whole),
  is_topic_message: maybe(flag),
  edit_date: maybe(seconds),
  text: maybe(text),
  caption: maybe(text),
  media_group_id: maybe(text),
  photo: maybe(listOf(file)),
  document: maybe(file),
  voice: maybe(file),
  location: maybe(place),
  venue: maybe(has({ location: place })),
  contact: maybe(has({ phone_number: text, user_id: maybe(whole) })),
  reply_to_message: maybe(has({ message_id: whole })),
  new_chat_members: maybe(listOf(has({ is_bot: flag }))),
  migrate_to_chat_id: maybe(whole),
  migrate_from_chat_id: maybe(whole),
})

const isRead = has({
  update_id: whole,
  message: maybe(message),
  edited_message: maybe(message),
  callback_query: maybe(
    has({
      id: text,
      from: user,
      data: maybe(text),
      message: maybe(has({ message_id: whole, chat, message_thread_id: maybe(whole) })),
    }),
  ),
  my_chat_member: maybe(has({ chat, date: whole, new_chat_member: has({ status: text }) })),
})

/** Whether every part of an update that is ever read has its type; whoever knows the secret may still send anything. */
export function isUpdate(value: unknown): value is Update {
  return isRead(value)
}

/** The chat an update happened in: within one, order counts. Undefined where there is none. */
export function chatOf(update: Update): number | undefined {
  const { message, edited_message, callback_query, my_chat_member } = update
  return (message ?? edited_message ?? callback_query?.message ?? my_chat_member)?.chat.id
}

/** The kinds of updates we ask for; Telegram leaves the others out. */
export const WANTED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
