import { createHash } from 'node:crypto'
import type { LongOptions } from './ports.ts'

/** The first two characters tell which kind of token it is. */
const SHORT = /^[\x21-\x7e]{1,198}$/
const [WHOLE, HASHED] = ['o:', 'l:']
const CHOICE_MAX = 200

/** What stands behind the choice of an option, of at most `most` characters: the option itself where it fits, else a short name. */
export function tokenOf(option: string, most: number): string {
  if (SHORT.test(option) && option.length + WHOLE.length <= most) return `${WHOLE}${option}`
  return `${HASHED}${createHash('sha256').update(option).digest('base64url').slice(0, 32)}`
}

/** The same; the option behind a short name is kept first. */
export async function keepToken(
  option: string,
  most: number,
  office: string,
  long: LongOptions,
): Promise<string> {
  const token = tokenOf(option, most)
  if (token.startsWith(HASHED)) await long.keep(office, token, option)
  return token
}

/** Whether this is a token of ours at all. */
export function isToken(text: string | undefined): text is string {
  return text?.startsWith(WHOLE) === true || text?.startsWith(HASHED) === true
}

/**
 * The option behind what was chosen. Anybody can make a client send anything here: who may choose what is decided where the turn is
 * taken. A token nobody knows is no option of any question, so it is met as an expired one.
 */
export async function optionOf(token: string, office: string, long: LongOptions): Promise<string> {
  if (token.startsWith(HASHED)) return (await long.of(office, token)) ?? token.slice(0, CHOICE_MAX)
  const option = token.startsWith(WHOLE) ? token.slice(WHOLE.length) : ''
  return SHORT.test(option) ? option : 'unknown'
}
