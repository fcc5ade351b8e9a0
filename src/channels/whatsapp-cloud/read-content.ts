import type { InboundMessage } from '../channel.ts'
import { cleanFileName, cleanText } from '../clean.ts'
import { listAt, numberAt, textAt } from '../json.ts'
import { isToken } from '../option-tokens.ts'

/** A file that lies at Meta, to be fetched by its id; or why it never will be. */
export type Media = { id: string; name: string } | { refused: 'unknown_type' | 'unreadable' }

export type Content = Pick<InboundMessage, 'kind' | 'text' | 'location'> & {
  media?: Media
  /** What stood on the button or row that was pressed. */
  token?: string
}

/** Kinds of messages that say nothing one could answer. */
const SILENT = new Set(['reaction', 'system', 'revoke'])
/** What Meta calls unsupported, and what is nothing said to us all the same. */
const SILENT_UNSUPPORTED = new Set(['reaction', 'pin', 'keep_in_chat', 'poll_update'])

const NOTHING_SAID: Content = { kind: 'other', text: '' }

/** What a message holds, in our words; undefined for one that says nothing. Takes any JSON. */
export function readContent(message: unknown): Content | undefined {
  const type = textAt(message, 'type') ?? ''
  if (SILENT.has(type)) return undefined
  const read = READERS.get(type)
  return read === undefined ? NOTHING_SAID : read(message)
}

const READERS = new Map<string, (message: unknown) => Content | undefined>([
  ['text', message => ({ kind: 'text', text: cleanText(textAt(message, 'text', 'body') ?? '') })],
  ['button', readQuickReply],
  ['interactive', readPress],
  [
    'image',
    message => ({ kind: 'photo', text: captionOf(message, 'image'), media: mediaOf(message, 'image') }),
  ],
  [
    'document',
    message => ({
      kind: 'document',
      text: captionOf(message, 'document'),
      media: mediaOf(message, 'document'),
    }),
  ],
  ['audio', readAudio],
  // Nobody here could watch it, or would want to keep it.
  [
    'video',
    message => ({ kind: 'other', text: captionOf(message, 'video'), media: { refused: 'unknown_type' } }),
  ],
  ['location', readLocation],
  ['contacts', readContact],
  // Somebody opened the chat for the first time and has typed nothing yet.
  ['request_welcome', () => ({ kind: 'text', text: '/start' })],
  ['unsupported', readUnsupported],
])

/** The answer button of a template: its words, and what we put behind it where we did. */
function readQuickReply(message: unknown): Content {
  const token = textAt(message, 'button', 'payload')
  const text = cleanText(textAt(message, 'button', 'text') ?? '')
  return { kind: 'text', text, ...(isToken(token) ? { text: '', token } : {}) }
}

function readPress(message: unknown): Content {
  const token =
    textAt(message, 'interactive', 'button_reply', 'id') ?? textAt(message, 'interactive', 'list_reply', 'id')
  return token === undefined ? NOTHING_SAID : { kind: 'text', text: '', token }
}

/** A recording of somebody's voice; a song or another sound is refused by its type when it comes to be kept. */
function readAudio(message: unknown): Content {
  return { kind: 'voice', text: '', media: mediaOf(message, 'audio') }
}

function readLocation(message: unknown): Content {
  const latitude = numberAt(message, 'location', 'latitude')
  const longitude = numberAt(message, 'location', 'longitude')
  if (latitude === undefined || longitude === undefined) return NOTHING_SAID
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return NOTHING_SAID
  return { kind: 'location', text: '', location: { latitude, longitude } }
}

/** Somebody's own number is an answer; another person's is not, and not ours to keep. */
function readContact(message: unknown): Content {
  const [phone] = listAt(listAt(message, 'contacts')[0], 'phones')
  const digits = (textAt(phone, 'phone') ?? textAt(phone, 'wa_id') ?? '').replace(/\D/g, '').slice(0, 15)
  const from = textAt(message, 'from')
  const isOwn =
    (from !== undefined && textAt(phone, 'wa_id') === from) || textAt(message, 'origin') === 'contact_request'
  return { kind: 'contact', text: isOwn && digits !== '' ? `+${digits}` : '' }
}

function readUnsupported(message: unknown): Content | undefined {
  return SILENT_UNSUPPORTED.has(textAt(message, 'unsupported', 'type') ?? '') ? undefined : NOTHING_SAID
}

function captionOf(message: unknown, type: string): string {
  return cleanText(textAt(message, type, 'caption') ?? '')
}

const NAMES: Record<string, string> = { image: 'foto.jpg', audio: 'suara.ogg' }

function mediaOf(message: unknown, type: string): Media {
  const id = textAt(message, type, 'id')
  const name = NAMES[type] ?? cleanFileName(textAt(message, type, 'filename') ?? '')
  // Meta's ids are digits; what is anything else would become part of a path.
  return id !== undefined && /^\d{1,64}$/.test(id) ? { id, name } : { refused: 'unreadable' }
}
