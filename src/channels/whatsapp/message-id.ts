import { createHash } from 'node:crypto'

/** Hex digits after the three of the library's own ids. */
const DIGITS = 18

/** What a message of ours is called on WhatsApp: the same key is the same message, however often it is tried. */
export function messageId(key: string): string {
  return `3EB0${createHash('sha256').update(key).digest('hex').slice(0, DIGITS).toUpperCase()}`
}
