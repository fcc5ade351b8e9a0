/** What the Bot API shows of people, chats and messages: the fields this fake knows how to fill. */
export type User = {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export type Chat = {
  id: number
  type: 'private' | 'group' | 'supergroup' | 'channel'
  title?: string
  first_name?: string
  last_name?: string
  username?: string
  is_forum?: true
}

export type Entity = { type: string; offset: number; length: number; url?: string } & Record<string, unknown>

export type Button = { text: string; callback_data?: string; url?: string }
export type InlineKeyboard = { inline_keyboard: Button[][] }

/** A key of the keyboard a bot lays out in place of the phone's own. */
export type Key = { text: string; request_contact?: boolean; request_location?: boolean }

export type FileRef = {
  file_id: string
  file_unique_id: string
  file_size: number
  mime_type?: string
  file_name?: string
  width?: number
  height?: number
  duration?: number
}

export type Location = { latitude: number; longitude: number }
export type Contact = { phone_number: string; first_name: string; user_id?: number }

/** What can be said in one message; copying a message copies these fields and nothing else. */
export type Content = {
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  photo?: FileRef[]
  document?: FileRef
  voice?: FileRef
  video?: FileRef
  sticker?: FileRef
  location?: Location
  contact?: Contact
  media_group_id?: string
}

/** What Telegram itself says in a chat. */
export type Service = {
  new_chat_members?: User[]
  left_chat_member?: User
  new_chat_title?: string
  migrate_to_chat_id?: number
  migrate_from_chat_id?: number
  forum_topic_created?: { name: string; icon_color: number }
  forum_topic_edited?: { name?: string }
  forum_topic_closed?: Record<string, never>
  forum_topic_reopened?: Record<string, never>
  pinned_message?: Message
}

export type Origin =
  | { type: 'user'; date: number; sender_user: User }
  | { type: 'hidden_user'; date: number; sender_user_name: string }
  | { type: 'chat'; date: number; sender_chat: Chat; author_signature?: string }
  | { type: 'channel'; date: number; chat: Chat; message_id: number }

export type Message = Content &
  Service & {
    message_id: number
    date: number
    chat: Chat
    from?: User
    sender_chat?: Chat
    author_signature?: string
    message_thread_id?: number
    is_topic_message?: true
    is_automatic_forward?: true
    reply_to_message?: Message
    forward_origin?: Origin
    edit_date?: number
    reply_markup?: InlineKeyboard
  }

/** One update as the bot gets it, its kind as the second key. */
export type Update = { update_id: number } & Record<string, unknown>

/** A JSON object out of somebody's hands. */
export type Fields = Record<string, unknown>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
