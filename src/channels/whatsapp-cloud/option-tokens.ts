import { createHash } from 'node:crypto'
import type { LongOptions } from './ports.ts'

/** A row's id may have 200 characters, a button's 256; two of them tell which kind of token it is. */
const SHORT = /^[\x21-\x7e]{1,198}$/
const CHOICE_MAX = 200

/** What stands behind the button or row of an option: the option itself where it fits, else a short name, kept first. */
export async function tokenOf(option: string, office: string, long: LongOptions): Promise<string> {
  if (SHORT.test(option)) return `o:${option}`
  const token = `l:${createHash('sha256').update(option).digest('base64url').slice(0, 32)}`
  await long.keep(office, token, option)
  return token
}

/**
 * The option behind what was pressed. A token nobody knows is no option of any question, so it is met as an expired one; who may
 * choose what is decided where the turn is taken.
 */
export async function optionOf(token: string, office: string, long: LongOptions): Promise<string> {
  if (token.startsWith('l:')) return (await long.of(office, token)) ?? token.slice(0, CHOICE_MAX)
  const option = token.startsWith('o:') ? token.slice(2) : ''
  return SHORT.test(option) ? option : 'unknown'
}
