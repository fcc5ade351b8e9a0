import type { Message } from 'grammy/types'
import type { InboundMessage } from '../channel.ts'
import { cleanFileName, cleanText } from '../clean.ts'

/** A file that lies at Telegram, to be fetched by its id; or one of a kind that is never kept. `size` in bytes. */
export type Media = { id: string; size: number | undefined; name: string } | { unknown: true }

export type Content = Pick<InboundMessage, 'kind' | 'text' | 'location'> & { media?: Media }

/** Kinds of files nobody here could read, or would want to keep. */
const NEVER_KEPT = ['video', 'video_note', 'animation', 'audio', 'live_photo', 'paid_media'] as const

/** Fields of messages that tell what became of the chat, not what somebody said. */
const SERVICE =
  /^(new_chat_|left_chat_|delete_chat_|group_chat_|supergroup_|channel_chat_|chat_|migrate_|pinned_|forum_topic_|general_forum_|video_chat_|boost_added|message_auto_delete|write_access|users_shared|proximity|successful_payment|refunded_payment|connected_website|passport_|web_app_|gift|unique_gift|giveaway|paid_message_price|direct_message_price|suggested_post|checklist_tasks|managed_bot|poll_option)/

/** What a message holds, in our words; undefined for one that tells of the chat. */
export function readContent(message: Message): Content | undefined {
  const { text, caption, photo, document, voice, location, venue, contact, from } = message
  if (text !== undefined) return { kind: 'text', text: cleanText(text) }
  const words = cleanText(caption ?? '')
  const biggest = photo?.at(-1)
  if (biggest !== undefined) {
    return { kind: 'photo', text: words, media: mediaOf(biggest, 'foto.jpg') }
  }
  const unknown = NEVER_KEPT.some(kind => Object.hasOwn(message, kind))
  // An animation comes as a document as well.
  if (unknown) return { kind: 'other', text: words, media: { unknown } }
  if (document !== undefined) {
    return {
      kind: 'document',
      text: words,
      media: mediaOf(document, cleanFileName(document.file_name ?? '')),
    }
  }
  if (voice !== undefined) return { kind: 'voice', text: words, media: mediaOf(voice, 'suara.ogg') }
  const at = location ?? venue?.location
  if (at !== undefined) {
    return {
      kind: 'location',
      text: '',
      location: { latitude: at.latitude, longitude: at.longitude },
    }
  }
  if (contact !== undefined) {
    // Somebody else's number is not an answer, and not ours to keep.
    const isOwn = contact.user_id !== undefined && contact.user_id === from?.id
    return { kind: 'contact', text: isOwn ? phoneOf(contact.phone_number) : '' }
  }
  if (Object.keys(message).some(field => SERVICE.test(field))) return undefined
  return { kind: 'other', text: words }
}

/** The largest size of a picture stands last. */
function mediaOf(file: { file_id: string; file_size?: number | undefined }, name: string): Media {
  return { id: file.file_id, size: file.file_size, name }
}

function phoneOf(given: string): string {
  const digits = given.replace(/\D/g, '').slice(0, 15)
  return digits === '' ? '' : `+${digits}`
}
