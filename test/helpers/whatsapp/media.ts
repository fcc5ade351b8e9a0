import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { MEDIA_HKDF_KEY_MAPPING, type MediaType, sha256 } from '@whiskeysockets/baileys'
import type { Content, World } from './world.ts'

/** What a message says about a file that lies on the media host, enciphered with its own key. */
export type FileFacts = {
  url: string
  directPath: string
  mediaKey: Buffer
  fileSha256: Buffer
  fileEncSha256: Buffer
  fileLength: number
  mediaKeyTimestamp: number
}

function keysOf(mediaKey: Uint8Array, type: MediaType) {
  const info = `WhatsApp ${MEDIA_HKDF_KEY_MAPPING[type]} Keys`
  const all = Buffer.from(hkdfSync('sha256', mediaKey, Buffer.alloc(0), info, 112))
  return { start: all.subarray(0, 16), cipher: all.subarray(16, 48), mac: all.subarray(48, 80) }
}

const macOf = (key: Buffer, ...parts: Uint8Array[]) =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest().subarray(0, 10)

/** Puts a file on the media host as a phone does, and gives what the message says about it. */
export function putFile(world: World, bytes: Uint8Array, type: MediaType): FileFacts {
  const mediaKey = randomBytes(32)
  const { start, cipher, mac } = keysOf(mediaKey, type)
  const aes = createCipheriv('aes-256-cbc', cipher, start)
  const sealed = Buffer.concat([aes.update(bytes), aes.final()])
  const whole = Buffer.concat([sealed, macOf(mac, start, sealed)])
  const directPath = `/v/t62/${world.nextId()}.enc`
  world.files.set(directPath, whole)
  return {
    url: `https://${world.mediaHost}${directPath}`,
    directPath,
    mediaKey,
    fileSha256: sha256(Buffer.from(bytes)) as Buffer,
    fileEncSha256: sha256(whole) as Buffer,
    fileLength: bytes.byteLength,
    mediaKeyTimestamp: Math.floor(world.now() / 1000),
  }
}

/** What a message says about the file in it, and of which kind it is. */
export function fileOf(content: Content) {
  const { imageMessage, videoMessage, audioMessage, documentMessage } =
    content.documentWithCaptionMessage?.message ?? content
  const kinds = [
    [imageMessage, 'image'],
    [videoMessage, 'video'],
    [audioMessage, 'audio'],
    [documentMessage, 'document'],
  ] as const
  for (const [file, type] of kinds) if (file != null) return { file, type }
  return undefined
}

/** The file in a message, as a phone opens it: throws where it is not there, or was tampered with. */
export function openFile(world: World, content: Content): Buffer {
  const { file, type } = fileOf(content) ?? {}
  if (file === undefined || type === undefined) throw new Error('There is no file in this message.')
  const whole = world.files.get(file.directPath ?? '')
  if (whole === undefined) throw new Error(`The media host has no ${file.directPath}.`)
  const { start, cipher, mac } = keysOf(file.mediaKey ?? Buffer.alloc(0), type)
  const sealed = whole.subarray(0, -10)
  if (!macOf(mac, start, sealed).equals(whole.subarray(-10))) throw new Error('This file was tampered with.')
  const aes = createDecipheriv('aes-256-cbc', cipher, start)
  const bytes = Buffer.concat([aes.update(sealed), aes.final()])
  if (!(sha256(bytes) as Buffer).equals(Buffer.from(file.fileSha256 ?? [])))
    throw new Error('This is another file than the message says.')
  return bytes
}
