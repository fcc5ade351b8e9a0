import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import type { Keyring } from './keyring.ts'

/** Where a sealed value stands. It cannot be opened anywhere else: swapped cells stay shut. */
export type Place = `${string}.${string}`

/** A row's own key. A KeyObject, since Node 24 spends 16 µs on each use of a raw key and 4 µs on one of these. */
export type DataKey = KeyObject

/** Encryption of what people wrote: AES-256-GCM, stored as version, nonce, ciphertext, tag. */
export type Sealing = {
  /** A new data key, wrapped for the row `place` names. */
  newKey(place: Place): { key: DataKey; wrapped: Buffer }
  unwrap(wrapped: Buffer, place: Place): DataKey
  seal(key: DataKey, place: Place, text: string): Buffer
  /** Throws when the key or the place is not the one it was sealed with, or a byte was changed. */
  open(key: DataKey, place: Place, sealed: Buffer): string
  /** The same for what is no text: files. */
  sealBytes(key: DataKey, place: Place, bytes: Uint8Array): Buffer
  openBytes(key: DataKey, place: Place, sealed: Buffer): Buffer
  /** Under the outer key itself: for messages that wait for their conversation, a day at most. */
  sealLoose(place: Place, text: string): Buffer
  openLoose(place: Place, sealed: Buffer): string
  /**
   * A data key wrapped anew by the outer key in use; undefined where it is already. Throws when the key or the place is not the one it was
   * wrapped with.
   */
  rewrap(wrapped: Buffer, place: Place): Buffer | undefined
  /** The same for what is sealed loosely. */
  resealLoose(place: Place, sealed: Buffer): Buffer | undefined
  /** Goes on with these keys: an outer key was made, or destroyed. The one for look-ups must be the same. */
  use(ring: Keyring): void
  /** A keyed hash to look things up by: phone numbers and chat ids can be enumerated, plain hashes cannot hide them. */
  hash(purpose: string, ...parts: string[]): Buffer
}

const VERSION = 1
const NONCE = 12
const TAG = 16

/**
 * Seals with these keys. `reread` gives the keys as their file holds them now: asked when something was sealed with an outer key that is not
 * known here, since another process may have made it.
 */
export function createSealing(ring: Keyring, reread?: () => Keyring | undefined): Sealing {
  const lookup = createSecretKey(ring.lookup)
  let outer = new Map<number, KeyObject>()
  let newest = takeKeys(ring)

  function takeKeys(keys: Keyring): { id: number; key: KeyObject } {
    outer = new Map(keys.outer.map(({ id, key }) => [id, createSecretKey(key)]))
    const last = keys.outer.at(-1)
    if (last === undefined) throw new Error('A keyring without an outer key cannot seal.')
    return { id: last.id, key: createSecretKey(last.key) }
  }
  function use(keys: Keyring): void {
    if (!keys.lookup.equals(ring.lookup)) throw new Error('These are the keys of another house.')
    newest = takeKeys(keys)
  }
  function outerKey(wrapped: Buffer): KeyObject {
    const id = wrapped.readUInt16BE(0)
    const known = outer.get(id)
    if (known !== undefined) return known
    const now = reread?.()
    if (now !== undefined) use(now)
    const key = outer.get(id)
    if (key === undefined) throw new Error('Sealed under an outer key that is no longer there.')
    return key
  }
  function withOuter(place: string, plain: Buffer): Buffer {
    const id = Buffer.alloc(2)
    id.writeUInt16BE(newest.id)
    return Buffer.concat([id, encrypt(newest.key, place, plain)])
  }
  function anew(place: string, wrapped: Buffer): Buffer | undefined {
    if (wrapped.readUInt16BE(0) === newest.id) return undefined
    return withOuter(place, decrypt(outerKey(wrapped), place, wrapped.subarray(2)))
  }

  return {
    newKey(place) {
      const key = randomBytes(32)
      return { key: createSecretKey(key), wrapped: withOuter(`key.${place}`, key) }
    },
    unwrap: (wrapped, place) =>
      createSecretKey(decrypt(outerKey(wrapped), `key.${place}`, wrapped.subarray(2))),
    seal: (key, place, text) => encrypt(key, place, Buffer.from(text, 'utf8')),
    open: (key, place, sealed) => decrypt(key, place, sealed).toString('utf8'),
    sealBytes: encrypt,
    openBytes: decrypt,
    sealLoose: (place, text) => withOuter(place, Buffer.from(text, 'utf8')),
    openLoose: (place, sealed) => decrypt(outerKey(sealed), place, sealed.subarray(2)).toString('utf8'),
    rewrap: (wrapped, place) => anew(`key.${place}`, wrapped),
    resealLoose: anew,
    use,
    hash(purpose, ...parts) {
      // A length before each part: ('ab', 'c') and ('a', 'bc') must not meet.
      const hmac = createHmac('sha256', lookup).update(purpose)
      for (const part of parts) hmac.update(`\0${part.length}\0`).update(part)
      return hmac.digest()
    },
  }
}

function encrypt(key: KeyObject, place: string, plain: Uint8Array): Buffer {
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(`${VERSION}:${place}`))
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()])
}

function decrypt(key: KeyObject, place: string, sealed: Buffer): Buffer {
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
