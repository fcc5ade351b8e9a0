import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Stands in a session's secret by its place: only ever append. The first means that none was asked for. */
const LANGUAGES: readonly string[] = ['', 'id', 'en']
const RANDOM = 16
const TAG = 15

/** Who holds a session: where to reach them, and the language they asked for. */
export type Session = { address: string; language?: string }

/**
 * A new secret: 128 random bits, the language, and our signature over both and the office. Nothing is stored, so
 * opening sessions costs us nothing. Undefined for a language we do not have.
 */
export function openSession(key: Uint8Array, office: string, language = ''): string | undefined {
  const place = LANGUAGES.indexOf(language)
  if (place === -1) return undefined
  const body = Buffer.concat([randomBytes(RANDOM), Buffer.of(place)])
  return Buffer.concat([body, tag(key, office, body)]).toString('base64url')
}

/** Whose secret this is, or undefined when we did not make it, not for this office, or not with this key. */
export function readSession(key: Uint8Array, office: string, secret: unknown): Session | undefined {
  if (typeof secret !== 'string' || secret.length !== 43) return undefined
  const bytes = Buffer.from(secret, 'base64url')
  // Several spellings of base64 give the same bytes; only ours counts, so that one session has one secret.
  if (bytes.length !== RANDOM + 1 + TAG || bytes.toString('base64url') !== secret) return undefined
  const body = bytes.subarray(0, RANDOM + 1)
  if (!timingSafeEqual(bytes.subarray(RANDOM + 1), tag(key, office, body))) return undefined
  const language = LANGUAGES[body[RANDOM] ?? 0]
  const address = body.subarray(0, RANDOM).toString('base64url')
  return language ? { address, language } : { address }
}

function tag(key: Uint8Array, office: string, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`web session\0${office}\0`).update(body).digest().subarray(0, TAG)
}
