import { Refusal } from './refusal.ts'
import type { BusinessState, Call, Chat, World } from './world.ts'

/** 80 messages a second from one number, counted over any second. */
const PER_SECOND = 80
/** One message in six seconds to one person; 45 may be borrowed from the time to come. */
const PAIR_MS = 6000
const PAIR_BURST = 45

/** Throws the refusal of a full limit, if limits are on; otherwise counts the message. */
export function takeTurn(world: World, business: BusinessState, chat: Chat, call: Call): void {
  if (!world.options.limits) return
  const now = world.now()
  business.sentAt = business.sentAt.filter(at => at > now - 1000)
  if (business.sentAt.length >= PER_SECOND) {
    world.overLimit.push(call)
    throw new Refusal(130429, 'Cloud API message throughput has been reached.')
  }
  const paidUntil = Math.max(chat.paidUntil, now)
  if (paidUntil + PAIR_MS > now + PAIR_BURST * PAIR_MS) {
    world.overLimit.push(call)
    throw new Refusal(
      131056,
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
    )
  }
  chat.paidUntil = paidUntil + PAIR_MS
  business.sentAt.push(now)
}
