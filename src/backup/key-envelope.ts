import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  scrypt,
} from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { type Keyring, keyText, readKeyText } from '../records/keyring.ts'

/** What keys are sealed with, apart from what they open. */
export type Lock = { passphrase: string } | { publicKey: KeyObject }
export type Opener = { passphrase: string } | { privateKey: KeyObject }

const bytes = z.string().transform(text => Buffer.from(text, 'base64'))
const bytesOf = (length: number) => bytes.refine(given => given.length === length)
/** GCM would also take a shorter tag, which can be guessed. */
const TAG = 16
const sealed = { format: z.literal('balai-keys/1'), nonce: bytesOf(12), tag: bytesOf(TAG), keys: bytes }
const cost = z.int().min(1)
/** A damaged file must not ask for all the memory there is: n times r of 128 bytes; ours take 128 MiB. */
const MOST_BLOCKS = 2 ** 22
/** AES-256-GCM over the key file. Its key comes of a passphrase by scrypt, or is wrapped for an RSA key (OAEP, SHA-256). */
const Envelope = z.discriminatedUnion('by', [
  z
    .object({ ...sealed, by: z.literal('passphrase'), n: cost, r: cost.max(32), p: cost.max(4), salt: bytes })
    .refine(({ n, r }) => Number.isInteger(Math.log2(n)) && n > 1 && n * r <= MOST_BLOCKS),
  z.object({ ...sealed, by: z.literal('public key'), wrapped: bytes }),
])

/** 128 MiB and about half a second: as slow as an old PC can bear, for a guesser every time. */
const COST = { n: 131_072, r: 8, p: 1 }
const SHORTEST = 12
const LEAST_BITS = 3072

/** A lock made of a passphrase; refuses one that is guessed in an afternoon. */
export function passphraseLock(passphrase: string): { passphrase: string } {
  if (passphrase.length >= SHORTEST) return { passphrase }
  throw new Refusal(
    `The passphrase has fewer than ${SHORTEST} characters. Your move: take a longer one, of several words.`,
  )
}

/** A lock made of a public key in PEM. */
export function publicKeyLock(pem: string): { publicKey: KeyObject } {
  const key = readKey(() => createPublicKey(pem))
  if (key?.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw new Refusal(
      `That is no public RSA key of ${LEAST_BITS} bits or more, in PEM. Your move: docs/backup.md tells how to make one.`,
    )
  return { publicKey: key }
}

/** The keys as text that is worth nothing without the passphrase, or the private key. */
export async function sealKeys(ring: Keyring, lock: Lock): Promise<string> {
  const nonce = randomBytes(12)
  const { key, how } = await keyOf(lock)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const keys = Buffer.concat([cipher.update(keyText(ring)), cipher.final()])
  const inside = { nonce, tag: cipher.getAuthTag(), keys }
  const text = Object.entries({ ...how, ...inside }).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString('base64') : value,
  ])
  return `${JSON.stringify({ format: 'balai-keys/1', ...Object.fromEntries(text) }, null, 2)}\n`
}

/** Who can open it; undefined when this is no such text. */
export function lockedBy(text: string): 'passphrase' | 'public key' | undefined {
  return envelopeIn(text)?.by
}

/** Opens it; throws a Refusal when it is damaged, or the passphrase or the key is another. */
export async function openKeys(text: string, opener: Opener): Promise<Keyring> {
  const envelope = envelopeIn(text)
  if (envelope === undefined)
    throw new Refusal('The sealed keys are damaged. Your move: take them from another backup.')
  const key =
    'passphrase' in opener
      ? await fromPassphrase(envelope, opener.passphrase)
      : unwrapped(envelope, opener.privateKey)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, envelope.nonce, { authTagLength: TAG })
    decipher.setAuthTag(envelope.tag)
    const ring = readKeyText(
      Buffer.concat([decipher.update(envelope.keys), decipher.final()]).toString('utf8'),
    )
    if (ring !== undefined) return ring
  } catch (cause) {
    throw new Refusal(`The keys do not open: another ${envelope.by} sealed them, or they are damaged.`, {
      cause,
    })
  }
  throw new Refusal('What was sealed there is no key file of Balai.')
}

type Envelope = z.infer<typeof Envelope>

function envelopeIn(text: string): Envelope | undefined {
  try {
    return Envelope.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

async function keyOf(lock: Lock): Promise<{ key: Buffer; how: Record<string, Buffer | number | string> }> {
  if ('passphrase' in lock) {
    const salt = randomBytes(16)
    return { key: await derived(lock.passphrase, salt, COST), how: { by: 'passphrase', ...COST, salt } }
  }
  const key = randomBytes(32)
  return { key, how: { by: 'public key', wrapped: publicEncrypt(oaep(lock.publicKey), key) } }
}

function fromPassphrase(envelope: Envelope, passphrase: string): Promise<Buffer> {
  if (envelope.by !== 'passphrase')
    throw new Refusal('These keys were sealed for a public key. Your move: --private-key FILE.')
  return derived(passphrase, envelope.salt, envelope)
}

function unwrapped(envelope: Envelope, privateKey: KeyObject): Buffer {
  if (envelope.by !== 'public key')
    throw new Refusal('These keys were sealed by a passphrase. Your move: give the passphrase.')
  try {
    return privateDecrypt(oaep(privateKey), envelope.wrapped)
  } catch (cause) {
    throw new Refusal('The keys do not open: they were sealed for another public key, or they are damaged.', {
      cause,
    })
  }
}

const oaep = (key: KeyObject) => ({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' })

type Cost = { n: number; r: number; p: number }
const stretch = promisify<string, Buffer, number, object, Buffer>(scrypt)
function derived(passphrase: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  return stretch(passphrase.normalize('NFC'), salt, 32, { N: n, r, p, maxmem: 256 * n * r + 1024 * 1024 })
}

function readKey(read: () => KeyObject): KeyObject | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
