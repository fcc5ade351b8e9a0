import { randomBytes } from 'node:crypto'
import { contentOf } from './content.ts'
import { takeTurn } from './limits.ts'
import type { Outbound, Read } from './message-rules.ts'
import { breach, Refusal } from './refusal.ts'
import type { Message } from './shapes.ts'
import { type Outcome, priceOf, tellStatus } from './statuses.ts'
import { fillTemplate } from './templates.ts'
import { type BusinessState, type Call, chatOf, findMessage, type PersonState, type World } from './world.ts'

const WINDOW_MS = 24 * 60 * 60 * 1000
const REACTED_MS = 30 * WINDOW_MS
const CLOSED =
  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.'

export type Sending = { world: World; business: BusinessState; call: Call; fails: Outcome | undefined }

export function newId(): string {
  return `wamid.${randomBytes(30).toString('base64')}`
}

/** `to` goes before `recipient`, as published; naming two people at once is refused here. */
function findPerson(world: World, business: BusinessState, { to, recipient }: Outbound) {
  const byPhone = world.people.find(({ phone }) => phone === to)
  const byUserId = world.people.find(({ userId }) => userId === recipient)
  if (to !== undefined && recipient !== undefined && byPhone !== byUserId)
    throw breach(131009, 'to and recipient are two people')
  if (to === business.phone) throw new Refusal(131021, 'Sender and recipient are the same', { breach: true })
  return to === undefined ? byUserId : byPhone
}

/** Templates may always go; the rest within 24 hours of what the person last wrote. */
function isWindowOpen({ world, business }: Sending, person: PersonState | undefined, type: string): boolean {
  if (type === 'template') return true
  const last = person === undefined ? undefined : chatOf(business, person).lastInboundAt
  return last !== undefined && world.now() < last + WINDOW_MS
}

function react(
  sending: Sending,
  person: PersonState | undefined,
  { message_id, emoji }: { message_id: string; emoji: string },
) {
  const found = findMessage(sending.world, sending.business, message_id)
  if (
    found === undefined ||
    found.person !== person ||
    found.message.at * 1000 < sending.world.now() - REACTED_MS
  )
    throw breach(131009, 'Reaction message_id is of no message of this person')
  if (emoji === '') delete found.message.reaction
  else found.message.reaction = emoji
}

/** Takes a message: checks, keeps, tells what becomes of it, and answers with its id. */
export function send(sending: Sending, message: Outbound): object {
  const { world, business, call } = sending
  const person = findPerson(world, business, message)
  const content = contentOf(world, business, message)
  const template = message.type === 'template' ? fillTemplate(business, message.template).template : undefined
  if (template?.category === 'authentication' && message.to === undefined)
    throw breach(131062, 'Authentication templates go to phone numbers only')
  const replyTo = message.context?.message_id
  if (replyTo !== undefined && findMessage(world, business, replyTo)?.person !== person)
    throw breach(131009, 'context.message_id is of no message of this person')
  const isOpen = isWindowOpen(sending, person, message.type)
  if (!isOpen && world.options.window === 'answer') throw new Refusal(131047, CLOSED)
  if (person !== undefined) takeTurn(world, business, chatOf(business, person), call)
  if (message.type === 'reaction') react(sending, person, message.reaction)

  const sentTo = message.to ?? message.recipient ?? ''
  const kept: Message = {
    id: newId(),
    from: 'business',
    at: Math.floor(world.now() / 1000),
    type: message.type,
    text: '',
    choices: [],
    ...content,
    sentTo,
    statuses: [],
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(message.biz_opaque_callback_data === undefined ? {} : { callback: message.biz_opaque_callback_data }),
  }
  const price = priceOf(world, template?.category)
  if (price !== undefined) kept.price = price
  arrive(sending, person, kept, isOpen)
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input: sentTo, ...(message.to === undefined ? { user_id: sentTo } : { wa_id: sentTo }) }],
    messages: [{ id: kept.id, ...(template === undefined ? {} : { message_status: 'accepted' }) }],
  }
}

/** Whether it reaches the person, and what the webhook hears of it. */
function arrive(sending: Sending, person: PersonState | undefined, kept: Message, isOpen: boolean): void {
  const { world, business, fails } = sending
  const tellAll = (...outcomes: Outcome[]) => {
    for (const one of outcomes) tellStatus(world, business, person, kept, one)
  }
  const chat = person === undefined || person.hasLeft ? undefined : chatOf(business, person)
  if (!isOpen) tellAll({ failed: 131047, details: CLOSED })
  else if (fails !== undefined) tellAll(fails)
  else if (chat === undefined) tellAll({ failed: 131026, details: 'Message undeliverable.' })
  // Who has blocked a business is not told on: its messages are sent and never arrive.
  else if (chat.isBlocked) tellAll('sent')
  else {
    chat.typing = undefined
    if (kept.type !== 'reaction') chat.messages.set(kept.id, kept)
    tellAll(...world.options.statuses)
    world.onChange()
  }
}

/** Marks a message of a person as read, and shows "typing" for 25 seconds or until an answer comes. */
export function markRead(
  world: World,
  business: BusinessState,
  { message_id, typing_indicator }: Read,
): object {
  const found = findMessage(world, business, message_id)
  if (found === undefined || found.message.from !== 'citizen')
    throw breach(100, `Invalid parameter: message_id is of no message that was received`)
  found.message.statuses = ['read']
  if (typing_indicator !== undefined) found.chat.typing = world.now()
  world.onChange()
  return { success: true }
}
