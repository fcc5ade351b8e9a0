import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { MediaKind } from './read-content.ts'

const PURPOSE: Record<MediaKind, string> = {
  image: 'WhatsApp Image Keys',
  document: 'WhatsApp Document Keys',
  audio: 'WhatsApp Audio Keys',
}
const MAC = 10
/** What a file grows by when it is sealed: a block of padding and the end of a hash. */
export const SEALED_MORE = 16 + MAC

/**
 * Opens a file as WhatsApp's clients seal it: AES-256-CBC, then ten bytes of an HMAC, under keys derived from the one in the message.
 * Undefined when a byte is not as its sender said.
 */
export function openMedia(
  sealed: Uint8Array,
  { kind, key, hash }: { kind: MediaKind; key: string; hash: string },
): Buffer | undefined {
  const root = Buffer.from(key, 'base64')
  if (root.length !== 32 || sealed.length < SEALED_MORE || (sealed.length - MAC) % 16 !== 0) return undefined
  const keys = Buffer.from(hkdfSync('sha256', root, '', PURPOSE[kind], 112))
  const iv = keys.subarray(0, 16)
  const body = sealed.subarray(0, sealed.length - MAC)
  const mac = createHmac('sha256', keys.subarray(48, 80)).update(iv).update(body).digest().subarray(0, MAC)
  if (!timingSafeEqual(mac, sealed.subarray(sealed.length - MAC))) return undefined
  try {
    const decipher = createDecipheriv('aes-256-cbc', keys.subarray(16, 48), iv)
    const plain = Buffer.concat([decipher.update(body), decipher.final()])
    const isWhole = createHash('sha256').update(plain).digest('base64') === hash
    return isWhole ? plain : undefined
  } catch {
    // Padding that is none.
    return undefined
  }
}
