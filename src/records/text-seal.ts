import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Keyring, keyFor } from './keyring.ts'

/** A seal over words, by a key of the house made for this purpose alone: base64url of HMAC-SHA-256. */
export function sealText(text: string, keyring: Keyring, purpose: string): string {
  return createHmac('sha256', keyFor(keyring, purpose)).update(text).digest('base64url')
}

/** Whether this is the seal of these words; in the same time whatever was given. */
export function isSealOf(seal: string, text: string, keyring: Keyring, purpose: string): boolean {
  const [given, ours] = [Buffer.from(seal), Buffer.from(sealText(text, keyring, purpose))]
  return given.length === ours.length && timingSafeEqual(given, ours)
}
