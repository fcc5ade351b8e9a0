import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const HEADER = /^sha256=([0-9a-f]{64})$/

/** The 32 bytes a signature header claims; undefined where it has another form, so that no body is read for it. */
export function claimOf(header: string | undefined): Buffer | undefined {
  const hex = HEADER.exec(header ?? '')?.[1]
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}

/**
 * Whether exactly these bytes were signed with an app's secret: HMAC-SHA256 over the body as it came, never over what was parsed
 * from it, since Meta escapes characters in a way no serialiser repeats.
 */
export function isSigned(body: Uint8Array, claim: Uint8Array, secret: string): boolean {
  if (secret === '') return false
  return timingSafeEqual(createHmac('sha256', secret).update(body).digest(), claim)
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
export function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return expected !== '' && timingSafeEqual(hash(given), hash(expected))
}
