import type { InboundMessage } from '../channel.ts'
import { cleanFileName, cleanText } from '../clean.ts'
import { at, type Json, numberAt, objectAt, textAt } from '../json.ts'
import { phoneOf } from './names.ts'

/** A file that lies at WhatsApp's media servers, sealed with `key` (base64). `size` in bytes. */
export type Media =
  | { kind: MediaKind; path: string; key: string; hash: string; size: number | undefined; name: string }
  | { unknown: true }
export type MediaKind = 'image' | 'document' | 'audio'

export type Content = Pick<InboundMessage, 'kind' | 'text' | 'location'> & { media?: Media }

/** Kinds of messages people see, but nobody here could answer or would want to keep. */
const NEVER_KEPT = ['videoMessage', 'ptvMessage', 'stickerMessage', 'lottieStickerMessage']
const SEEN = [
  'contactsArrayMessage',
  'pollCreationMessage',
  'pollCreationMessageV2',
  'pollCreationMessageV3',
  'eventMessage',
  'groupInviteMessage',
  'productMessage',
  'orderMessage',
  'listMessage',
  'buttonsMessage',
  'templateMessage',
  'interactiveMessage',
]

/**
 * What somebody said, of an uncovered message; undefined for everything that is no word of theirs: what phones tell each other,
 * reactions, votes, and every kind not named here. `ids` are the names of who said it.
 */
export function readContent(message: Json, ids: readonly string[]): Content | undefined {
  const text = textAt(message, 'conversation') ?? textAt(objectAt(message, 'extendedTextMessage'), 'text')
  if (text !== undefined) return { kind: 'text', text: cleanText(text) }
  const file = readFile(message)
  if (file !== undefined) return file
  const place = objectAt(message, 'locationMessage') ?? objectAt(message, 'liveLocationMessage')
  if (place !== undefined) return readLocation(place)
  const contact = objectAt(message, 'contactMessage')
  if (contact !== undefined) return { kind: 'contact', text: ownNumber(contact, ids) }
  const pressed = pressedText(message)
  if (pressed !== undefined) return { kind: 'text', text: cleanText(pressed) }
  if (SEEN.some(kind => objectAt(message, kind) !== undefined)) return { kind: 'other', text: '' }
  return undefined
}

function readFile(message: Json): Content | undefined {
  const image = objectAt(message, 'imageMessage')
  if (image !== undefined) return fileOf('photo', 'image', image, 'foto.jpg')
  const audio = objectAt(message, 'audioMessage')
  if (audio !== undefined) return fileOf('voice', 'audio', audio, 'suara.ogg')
  const document = objectAt(message, 'documentMessage')
  if (document !== undefined) {
    return fileOf('document', 'document', document, cleanFileName(textAt(document, 'fileName') ?? ''))
  }
  const never = NEVER_KEPT.map(kind => objectAt(message, kind)).find(found => found !== undefined)
  return never && { kind: 'other', text: captionOf(never), media: { unknown: true } }
}

function fileOf(kind: Content['kind'], media: MediaKind, given: Json, name: string): Content {
  const [path, key, hash] = [
    textAt(given, 'directPath'),
    textAt(given, 'mediaKey'),
    textAt(given, 'fileSha256'),
  ]
  const text = captionOf(given)
  if (path === undefined || key === undefined || hash === undefined)
    return { kind: 'other', text, media: { unknown: true } }
  return { kind, text, media: { kind: media, path, key, hash, size: sizeOf(given), name } }
}

/** Bytes; it may come as text. */
function sizeOf(given: Json): number | undefined {
  const size = Number(at(given, 'fileLength'))
  return Number.isFinite(size) ? size : undefined
}

function captionOf(given: Json): string {
  return cleanText(textAt(given, 'caption') ?? '')
}

function readLocation(given: Json): Content | undefined {
  const [latitude, longitude] = [numberAt(given, 'degreesLatitude'), numberAt(given, 'degreesLongitude')]
  if (latitude === undefined || longitude === undefined) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { kind: 'location', text: '', location: { latitude, longitude } }
}

/** Somebody else's number is not an answer, and not ours to keep. */
function ownNumber(contact: Json, ids: readonly string[]): string {
  const digits = /waid=(\d{5,15})/.exec(textAt(contact, 'vcard') ?? '')?.[1]
  return digits !== undefined && ids.some(id => phoneOf(id) === digits) ? `+${digits}` : ''
}

/** We send no buttons, but a forwarded old one may be pressed: it says what stood on it. */
function pressedText(message: Json): string | undefined {
  return (
    textAt(objectAt(message, 'buttonsResponseMessage'), 'selectedDisplayText') ??
    textAt(objectAt(message, 'templateButtonReplyMessage'), 'selectedDisplayText') ??
    textAt(objectAt(message, 'listResponseMessage'), 'title')
  )
}

/** What the message answers: the id of that one. */
export function quotedIn(message: Json): string | undefined {
  for (const part of Object.values(message)) {
    const id = textAt(objectAt(part, 'contextInfo'), 'stanzaId')
    if (id !== undefined) return id.slice(0, 64)
  }
  return undefined
}

/** Whether it was passed on from elsewhere: then it is nobody's own words. */
export function isForwarded(message: Json): boolean {
  return Object.values(message).some(part => objectAt(part, 'contextInfo')?.isForwarded === true)
}
