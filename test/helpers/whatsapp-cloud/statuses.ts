import { createHash } from 'node:crypto'
import { contactOf, tell } from './news.ts'
import { errorOf } from './refusal.ts'
import type { Message } from './shapes.ts'
import { type BusinessState, type PersonState, timestamp, type World } from './world.ts'

/** Since this day ordinary replies are charged like the rest. */
const REPLIES_COST = Date.UTC(2026, 9, 1)

/** What one message costs: by the category of its template, otherwise as `service`. */
export function priceOf(world: World, category: string | undefined): Message['price'] {
  const isFree = category === undefined && world.now() < REPLIES_COST
  return {
    category: category ?? 'service',
    type: isFree ? 'free_customer_service' : 'regular',
    billable: !isFree,
  }
}

/** Which of a message's own: `sent` has the price, and one of those that follow. */
function chargeOf(world: World, message: Message, status: string): object {
  const told = message.statuses ?? []
  const isPriced =
    status === 'sent' ||
    (status === 'delivered' && !told.includes('read')) ||
    (status === 'read' && !told.includes('delivered'))
  if (message.price === undefined || !isPriced) return {}
  const conversation = {
    id: createHash('md5').update(`${message.sentTo}`).digest('hex'),
    ...(status === 'sent' ? { expiration_timestamp: `${message.at + 24 * 3600}` } : {}),
    origin: { type: message.price.category },
  }
  return {
    ...(world.options.conversation ? { conversation } : {}),
    pricing: { ...message.price, pricing_model: 'PMP' },
  }
}

export type Outcome = 'sent' | 'delivered' | 'read' | 'played' | { failed: number; details?: string }

/** Tells the business what became of its message. Failures come without contacts, and statuses of a user id without the phone number. */
export function tellStatus(
  world: World,
  business: BusinessState,
  person: PersonState | undefined,
  message: Message,
  outcome: Outcome,
): void {
  const status = typeof outcome === 'string' ? outcome : 'failed'
  const isByUserId = message.sentTo?.includes('.') === true
  const body = {
    id: message.id,
    status,
    timestamp: timestamp(world),
    ...(isByUserId ? { recipient_user_id: message.sentTo } : { recipient_id: message.sentTo }),
    ...(typeof outcome === 'string'
      ? chargeOf(world, message, status)
      : { errors: [errorOf(outcome.failed, outcome.details ?? 'Message failed to send.')] }),
    ...(message.callback === undefined ? {} : { biz_opaque_callback_data: message.callback }),
  }
  message.statuses = [...(message.statuses ?? []), status]
  tell(world, business, `${message.id}/${status}`, {
    ...(person === undefined || status === 'failed' ? {} : { contacts: [contactOf(person, !isByUserId)] }),
    statuses: [body],
  })
  world.onChange()
}
