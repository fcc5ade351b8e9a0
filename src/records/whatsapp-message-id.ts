import { createHash } from 'node:crypto'

/** Hex digits after the three of the library's own ids. */
const DIGITS = 18

/**
 * What a message of ours is called on WhatsApp: the same key is the same message, however often it is tried. `word` is the
 * database's own: a desk's keys are the same in every database, and a phone shows no message whose name it has seen before.
 */
export function messageId(word: string, key: string): string {
  return `3EB0${createHash('sha256').update(`${word} ${key}`).digest('hex').slice(0, DIGITS).toUpperCase()}`
}
