import { createHash } from 'node:crypto'
import type { LongOptions } from './ports.ts'

/** Telegram takes 64 bytes on a button; two of them tell which kind of token it is. */
const SHORT = /^[\x21-\x7e]{1,62}$/
const CHOICE_MAX = 200

/** What stands on the button of an option: the option itself where it fits, else a short name for it. */
export function tokenOf(option: string): string {
  if (SHORT.test(option)) return `o:${option}`
  return `l:${createHash('sha256').update(option).digest('base64url').slice(0, 32)}`
}

/** Whether `LongOptions` must know the option behind a token. */
export function isLong(token: string): boolean {
  return token.startsWith('l:')
}

/**
 * The option behind what a button carried. Anybody can make a client send anything here: who may choose what is decided where
 * the turn is taken. A token nobody knows is no option of any question, so it is met as an expired one.
 */
export async function optionOf(token: string, office: string, long: LongOptions): Promise<string> {
  if (isLong(token)) return (await long.of(office, token)) ?? token.slice(0, CHOICE_MAX)
  const option = token.startsWith('o:') ? token.slice(2) : ''
  return SHORT.test(option) ? option : 'unknown'
}
