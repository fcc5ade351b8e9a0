import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomFillSync } from 'node:crypto'
import type { Keyring } from './keyring.ts'

/** Where a sealed value stands. It cannot be opened anywhere else: swapped cells stay shut. */
export type Place = `${string}.${string}`

/** Encryption of what people wrote: AES-256-GCM, stored as version, nonce, ciphertext, tag. */
export type Sealing = {
  /** A new data key, wrapped for the row `place` names. */
  newKey(place: Place): { key: Buffer; wrapped: Buffer }
  unwrap(wrapped: Buffer, place: Place): Buffer
  seal(key: Buffer, place: Place, text: string): Buffer
  /** Throws when the key or the place is not the one it was sealed with, or a byte was changed. */
  open(key: Buffer, place: Place, sealed: Buffer): string
  /** Under the outer key itself: for messages that wait for their conversation, a day at most. */
  sealLoose(place: Place, text: string): Buffer
  openLoose(place: Place, sealed: Buffer): string
  /** A keyed hash to look things up by: phone numbers and chat ids can be enumerated, plain hashes cannot hide them. */
  hash(purpose: string, ...parts: string[]): Buffer
}

const VERSION = 1
const NONCE = 12
const TAG = 16

export function createSealing(ring: Keyring): Sealing {
  const newest = ring.outer[ring.outer.length - 1]
  if (newest === undefined) throw new Error('A keyring without an outer key cannot seal.')
  const outer = new Map(ring.outer.map(({ id, key }) => [id, key]))

  function outerKey(wrapped: Buffer): Buffer {
    const key = outer.get(wrapped.readUInt16BE(0))
    if (key === undefined) throw new Error('Sealed under an outer key that is no longer there.')
    return key
  }
  function withOuter(place: Place, plain: Buffer): Buffer {
    const id = Buffer.alloc(2)
    id.writeUInt16BE(newest?.id ?? 0)
    return Buffer.concat([id, encrypt(newest?.key ?? Buffer.alloc(0), place, plain)])
  }

  return {
    newKey(place) {
      const key = randomBytes(32)
      return { key, wrapped: withOuter(`key.${place}`, key) }
    },
    unwrap: (wrapped, place) => decrypt(outerKey(wrapped), `key.${place}`, wrapped.subarray(2)),
    seal: (key, place, text) => encrypt(key, place, Buffer.from(text, 'utf8')),
    open: (key, place, sealed) => decrypt(key, place, sealed).toString('utf8'),
    sealLoose: (place, text) => withOuter(place, Buffer.from(text, 'utf8')),
    openLoose: (place, sealed) => decrypt(outerKey(sealed), place, sealed.subarray(2)).toString('utf8'),
    hash(purpose, ...parts) {
      // A length before each part: ('ab', 'c') and ('a', 'bc') must not meet.
      const hmac = createHmac('sha256', ring.lookup).update(purpose)
      for (const part of parts) hmac.update(`\0${part.length}\0`).update(part)
      return hmac.digest()
    },
  }
}

function encrypt(key: Buffer, place: string, plain: Buffer): Buffer {
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(`${VERSION}:${place}`))
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()])
}

function decrypt(key: Buffer, place: string, sealed: Buffer): Buffer {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE + TAG)
    throw new Error('Not a sealed value of this version.')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE))
  decipher.setAAD(Buffer.from(`${VERSION}:${place}`))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  const plain = decipher.update(sealed.subarray(1 + NONCE, sealed.length - TAG))
  decipher.final()
  return plain
}

// Nonces are drawn 340 at a time: one call of the random source costs as much as the encryption itself.
const pool = Buffer.alloc(NONCE * 340)
let drawn = pool.length

function freshNonce(): Buffer {
  if (drawn === pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  const nonce = Buffer.from(pool.subarray(drawn, drawn + NONCE))
  drawn += NONCE
  return nonce
}
