import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Values that must never be found again, by what they stood for. */
export type Canaries = {
  /** A fresh word nobody else writes. */
  word(stoodFor: string): string
  /** A fresh phone number. */
  phone(stoodFor: string): string
  /** A value somebody else made: a session, a receipt. */
  note(stoodFor: string, value: string | Buffer): void
  all(): { stoodFor: string; value: Buffer }[]
}

export function openCanaries(): Canaries {
  const kept: { stoodFor: string; value: Buffer }[] = []
  const note = (stoodFor: string, value: string | Buffer) => {
    kept.push({ stoodFor, value: Buffer.from(value) })
  }
  const noted = (stoodFor: string, value: string) => {
    note(stoodFor, value)
    return value
  }
  return {
    word: stoodFor => noted(stoodFor, `Kenari${letters(12)}`),
    phone: stoodFor => noted(stoodFor, `08${randomInt(10 ** 10, 10 ** 11)}`),
    note,
    all: () => kept,
  }
}

function letters(count: number): string {
  return [...randomBytes(count)].map(byte => String.fromCharCode(97 + (byte % 26))).join('')
}

/** One way a value may be written down. */
export type Spelling = { name: string; bytes: Buffer }

/** A value as it is, in hex, in base64 of both kinds at each of the three places it may begin at, and as plain hashes. */
export function spellings(value: Buffer): Spelling[] {
  const found = new Map<string, Spelling>()
  const add = (name: string, text: string | Buffer) => {
    const bytes = Buffer.from(text)
    if (bytes.length >= 6) found.set(bytes.toString('latin1'), { name, bytes })
  }
  add('plain', value)
  add('hex', value.toString('hex'))
  add('HEX', value.toString('hex').toUpperCase())
  for (const shift of [0, 1, 2]) {
    // Only what does not depend on its neighbours: the first and last letters do.
    const whole = Buffer.concat([Buffer.alloc(shift), value])
      .toString('base64')
      .replace(/=+$/, '')
    const steady = whole.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + value.length) * 8) / 6))
    add(`base64+${shift}`, steady)
    add(`base64url+${shift}`, steady.replaceAll('+', '-').replaceAll('/', '_'))
  }
  for (const kind of ['md5', 'sha1', 'sha256', 'sha512']) {
    const hash = createHash(kind).update(value).digest()
    add(kind, hash)
    add(`${kind} hex`, hash.toString('hex'))
    add(`${kind} base64`, hash.toString('base64').replace(/=+$/, ''))
    add(`${kind} base64url`, hash.toString('base64url'))
  }
  return [...found.values()]
}
