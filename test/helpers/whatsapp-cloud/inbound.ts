import { keepInbound, sha256, urlOf } from './media.ts'
import { contactOf, tell } from './news.ts'
import { newId } from './send.ts'
import type { Fields, Message } from './shapes.ts'
import { type BusinessState, chatOf, type PersonState, timestamp, type World } from './world.ts'

export type With = { caption?: string; replyTo?: Message; mime?: string; fileName?: string }

/**
 * What opens the 24 hours: what a person writes or presses, and a chat opened for the first time, which asks for words of welcome; but
 * no reaction, no change of an earlier message, no news about them.
 */
const SILENT = new Set(['reaction', 'edit', 'revoke', 'system'])

/** How what a person does stands in the chat, and how it comes to the business. */
export function inbound(world: World, business: BusinessState, person: PersonState) {
  const chat = chatOf(business, person)

  /** Sends what the platform calls `type`; `shown` is how it stands in the chat, nothing where it does not stand there. */
  const give = (
    type: string,
    body: Fields,
    shown: Partial<Message> | undefined,
    more: Fields = {},
  ): Message => {
    if (person.hasLeft) throw new Error(`${person.name} is not on WhatsApp any more.`)
    const message: Message = {
      id: newId(),
      from: 'citizen',
      at: Math.floor(world.now() / 1000),
      type,
      text: '',
      choices: [],
      ...shown,
    }
    if (shown !== undefined) chat.messages.set(message.id, message)
    if (!SILENT.has(type)) chat.lastInboundAt = world.now()
    const context =
      message.replyTo === undefined ? {} : { context: { from: business.phone, id: message.replyTo } }
    tell(world, business, message.id, {
      contacts: [contactOf(person)],
      messages: [
        {
          ...context,
          ...(person.hidesPhone ? {} : { from: person.phone }),
          from_user_id: person.userId,
          id: message.id,
          timestamp: timestamp(world),
          type,
          ...body,
          ...more,
        },
      ],
    })
    world.onChange()
    return message
  }

  const reply = (to: Message | undefined) => (to === undefined ? {} : { replyTo: to.id })

  const sendsMedia = (type: string, bytes: Uint8Array, mime: string, more: With, extra: Fields = {}) => {
    const { caption, fileName } = more
    const media = keepInbound(world, business, bytes, mime)
    const body = {
      ...(caption === undefined ? {} : { caption }),
      ...(fileName === undefined ? {} : { filename: fileName }),
      mime_type: mime,
      sha256: sha256(bytes, 'base64'),
      id: media.id,
      url: urlOf(world, media),
      ...extra,
    }
    const name = fileName === undefined ? {} : { fileName }
    return give(
      type,
      { [type]: body },
      { media: media.id, text: caption ?? '', ...name, ...reply(more.replyTo) },
    )
  }

  return { give, sendsMedia }
}
