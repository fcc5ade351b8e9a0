import { createHash, randomBytes } from 'node:crypto'
import { breach, noObject } from './refusal.ts'
import type { BusinessState, World } from './world.ts'

const KB = 1024
const MB = 1024 * KB
const DAY_MS = 24 * 60 * 60 * 1000

/** A download address holds for five minutes. */
export const URL_MS = 5 * 60 * 1000

const SHEETS = 'application/vnd.openxmlformats-officedocument'
const DOCUMENT = { kind: 'document', most: 100 * MB }
const AUDIO = { kind: 'audio', most: 16 * MB }
const VIDEO = { kind: 'video', most: 16 * MB }
const IMAGE = { kind: 'image', most: 5 * MB }

/** Supported media types, and the bytes that files of some of them begin with (after a number of others). */
const TYPES: Record<string, { kind: string; most: number; begins?: [at: number, bytes: string] }> = {
  'audio/aac': AUDIO,
  'audio/amr': AUDIO,
  'audio/mpeg': AUDIO,
  'audio/mp4': AUDIO,
  'audio/ogg': { ...AUDIO, begins: [0, 'OggS'] },
  'text/plain': DOCUMENT,
  'application/pdf': { ...DOCUMENT, begins: [0, '%PDF'] },
  'application/vnd.ms-excel': DOCUMENT,
  'application/msword': DOCUMENT,
  'application/vnd.ms-powerpoint': DOCUMENT,
  [`${SHEETS}.spreadsheetml.sheet`]: DOCUMENT,
  [`${SHEETS}.wordprocessingml.document`]: DOCUMENT,
  [`${SHEETS}.presentationml.presentation`]: DOCUMENT,
  'image/jpeg': { ...IMAGE, begins: [0, '\xff\xd8\xff'] },
  'image/png': { ...IMAGE, begins: [0, '\x89PNG'] },
  'image/webp': { kind: 'sticker', most: 500 * KB, begins: [8, 'WEBP'] },
  'video/mp4': { ...VIDEO, begins: [4, 'ftyp'] },
  'video/3gpp': { ...VIDEO, begins: [4, 'ftyp'] },
}

/** How a download behaves, for tests: other bytes than promised, an end after so many, a status, no answer. */
export type Download = { bytes?: Uint8Array; cutAfter?: number; status?: number; hang?: true }

export type StoredMedia = {
  id: string
  business: string
  bytes: Uint8Array
  mime: string
  /** When it is gone: 30 days after an upload, 7 after a webhook. */
  until: number
  isDeleted: boolean
  /** The addresses given out, with the end of each. */
  urls: Map<string, number>
  download: Download
}

function store(world: World, business: BusinessState, bytes: Uint8Array, mime: string, days: number) {
  const media: StoredMedia = {
    id: `${1_000_000_000_000_000 + world.nextId()}`,
    business: business.phoneId,
    bytes,
    mime,
    until: world.now() + days * DAY_MS,
    isDeleted: false,
    urls: new Map(),
    download: {},
  }
  world.media.set(media.id, media)
  return media
}

/** Keeps what a person sent: whatever it is, as phones do. */
export function keepInbound(world: World, business: BusinessState, bytes: Uint8Array, mime: string) {
  return store(world, business, bytes, mime, 7)
}

/** Keeps an upload of the business, or throws why not: types and sizes as published, and bytes that are of the type. */
export function keepUpload(world: World, business: BusinessState, bytes: Uint8Array, type: string) {
  const [mime = ''] = type.split(';')
  const known = TYPES[mime.trim()]
  if (known === undefined)
    throw breach(
      100,
      `Param file must be a file with one of the following types: ${Object.keys(TYPES).join(', ')}. Received file of type '${type}'.`,
    )
  if (bytes.length === 0) throw breach(131053, 'The file is empty')
  if (bytes.length > known.most) throw breach(131053, `The file is larger than ${known.most} bytes`)
  const [at, begin] = known.begins ?? [0, '']
  if (Buffer.from(bytes.subarray(at, at + begin.length)).toString('latin1') !== begin)
    throw breach(131053, `The file is not ${mime}`)
  return store(world, business, bytes, mime, 30)
}

/** The media of this id for this business; gone is no fault of the caller's, never having been is. */
export function findMedia(world: World, business: BusinessState, id: string): StoredMedia {
  const media = world.media.get(id)
  if (media === undefined || media.business !== business.phoneId) throw noObject(id, true)
  if (media.isDeleted || media.until <= world.now()) throw noObject(id, false)
  return media
}

/** Checks that an upload may be sent as this kind of message. */
export function checkKind(world: World, business: BusinessState, id: string, kind: string): StoredMedia {
  const media = findMedia(world, business, id)
  const is = TYPES[media.mime]?.kind
  if (is !== kind && kind !== 'document') throw breach(131053, `Media ${id} is ${media.mime}, not ${kind}`)
  return media
}

/** A new address to fetch it at, on another path than Graph's. */
export function urlOf(world: World, media: StoredMedia): string {
  const hash = randomBytes(12).toString('base64url')
  const ext = world.now() + URL_MS
  media.urls.set(hash, ext)
  return `${world.url}/whatsapp_business/attachments/?mid=${media.id}&ext=${Math.floor(ext / 1000)}&hash=${hash}`
}

export function sha256(bytes: Uint8Array, as: 'hex' | 'base64'): string {
  return createHash('sha256').update(bytes).digest(as)
}
