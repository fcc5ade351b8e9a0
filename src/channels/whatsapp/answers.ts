import { SendError } from '../channel.ts'
import type { SendAnswer } from './wire.ts'

/** The code of an account that may not begin chats for a time. */
export const RESTRICTED_CODE = 463
/** Milliseconds until WhatsApp is asked again after it named no time. */
const THROTTLED_MS = 60_000
/** Codes of a chat that is gone for us: not allowed, not found, not on WhatsApp any more. */
const GONE = new Set([401, 403, 404, 406, 410])

/** Why WhatsApp did not take a message, by the code of its answer. */
export function sendErrorOf(answer: Exclude<SendAnswer, { is: 'accepted' }>): SendError {
  // Tried again under the same id: whoever has it already has it once.
  if (answer.is === 'unknown') return new SendError('unreachable', 'WhatsApp did not answer in time.')
  const { code } = answer
  if (code === 429)
    return new SendError('throttled', 'WhatsApp asks us to wait.', { retryAfterMs: THROTTLED_MS })
  if (code === RESTRICTED_CODE) return new SendError('blocked', 'WhatsApp lets this number begin no chats.')
  if (isGone(code)) return new SendError('blocked', `WhatsApp answered ${code}.`)
  if (code >= 500) return new SendError('unreachable', `WhatsApp answered ${code}.`)
  return new SendError('refused', `WhatsApp answered ${code}.`)
}

export function isGone(code: number): boolean {
  return GONE.has(code)
}
