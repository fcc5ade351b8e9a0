import type { InlineKeyboardMarkup } from 'grammy/types'
import { type OutboundMessage, SendError, type Sent } from '../channel.ts'
import { fileToSend } from '../file-to-send.ts'
import { NotTaken, sendError } from './answers.ts'
import type { Client } from './client.ts'
import { keyboardOf } from './keyboard.ts'
import { markUp } from './markup.ts'
import type { TelegramOptions } from './ports.ts'
import { CAPTION_MAX, sendFile } from './send-file.ts'
import type { Spot, Topics } from './topics.ts'

type Parts = Pick<TelegramOptions, 'files' | 'groups' | 'longOptions'> & {
  clients: ReadonlyMap<string, Client>
  topics: Topics
}

/** A topic opened again and then made anew is two repairs; after them it is said in the group itself, or not at all. */
const REPAIRS = 2
const TEXT_MAX = 4096
/** Milliseconds until a message to a group that threw us out is looked at again. */
const GROUP_MS = 60_000

/** Sends one part to Telegram. Rejects with SendError, or with what our own records threw. */
export function createSend({ clients, topics, files, groups, longOptions }: Parts) {
  async function deliver(office: Client, message: OutboundMessage): Promise<Sent> {
    const { client, calls } = counting(office)
    const { address: chat, matter, options = [] } = message
    const keyboard = options.length === 0 ? undefined : await keyboardOf(message.office, options, longOptions)
    if (message.edits !== undefined) {
      const ref = await edit(client, chat, message.edits, message.text, keyboard)
      if (ref !== undefined) return sentAs(ref, calls())
    }
    let spot = await topics.spotOf(client, chat, matter)
    for (let repairs = 0; ; repairs += 1) {
      try {
        const ref = await put(client, message, spot, keyboard)
        await topics.began(client, chat, matter, spot, ref)
        return sentAs(ref, calls())
      } catch (error) {
        if (matter === undefined || !isAboutTopic(error) || repairs > REPAIRS) throw error
        spot = repairs < REPAIRS ? await topics.mend(client, chat, matter, spot, error) : {}
      }
    }
  }

  async function put(
    client: Client,
    message: OutboundMessage,
    spot: Spot,
    keyboard: InlineKeyboardMarkup | undefined,
  ): Promise<string> {
    const chat = Number(message.address)
    const { file, note } = await fileToSend(files, message.file)
    const fits = message.text.length + note.length <= TEXT_MAX
    const { text, entities } = markUp(fits ? message.text + note : message.text)
    const where = placed(spot)
    const markup = keyboard === undefined ? {} : { reply_markup: keyboard }
    if (file !== undefined && text.length <= CAPTION_MAX) {
      const caption = text === '' ? {} : { caption: text, caption_entities: entities }
      const sent = await sendFile(client, chat, file, { ...where, ...caption, ...markup })
      return String(sent.message_id)
    }
    // Two calls then: should the second fail, a retry brings the file once more.
    if (file !== undefined) await sendFile(client, chat, file, where)
    const sent = await client.ask(api =>
      api.sendMessage(chat, text, { ...where, ...markup, entities, link_preview_options: NO_PREVIEW }),
    )
    return String(sent.message_id)
  }

  return async function send(message: OutboundMessage): Promise<Sent> {
    const client = clients.get(message.office)
    if (client === undefined) {
      throw new SendError('unreachable', `Telegram is not switched on for ${message.office}.`, {
        surely: true,
      })
    }
    try {
      return await deliver(client, message)
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      const { meaning, movedTo } = error.reading
      if (message.address.startsWith('-')) {
        if (movedTo !== undefined) await groups.moved(message.office, message.address, movedTo)
        if (meaning === 'blocked') {
          await groups.removed(message.office, message.address)
          // Not given up as a citizen's would be: the outbox keeps what is for this group until we are let in again.
          throw new SendError('throttled', 'The bot is not in this group.', { retryAfterMs: GROUP_MS })
        }
      }
      throw sendError(error.reading)
    }
  }
}

// A card must not become as long as the page somebody mentioned, and nobody's server is asked for it.
const NO_PREVIEW = { is_disabled: true } as const

function sentAs(ref: string, calls: number): Sent {
  return calls > 1 ? { ref, calls } : { ref }
}

/** A new topic and a file beside its text count as messages of their own, whatever came of them. */
function counting(client: Client): { client: Client; calls: () => number } {
  let calls = 0
  const ask: Client['ask'] = call => {
    calls += 1
    return client.ask(call)
  }
  return { client: { ...client, ask }, calls: () => calls }
}

function isAboutTopic(error: unknown): error is NotTaken {
  const meaning = error instanceof NotTaken ? error.reading.meaning : undefined
  return meaning === 'thread_gone' || meaning === 'thread_closed'
}

function placed({ topic, card }: Spot) {
  return {
    ...(topic === undefined ? {} : { message_thread_id: topic }),
    ...(card === undefined
      ? {}
      : { reply_parameters: { message_id: card, allow_sending_without_reply: true } }),
  }
}

/** Puts a text in the place of an earlier one; undefined when that cannot be changed any more, so that it is said anew. */
async function edit(
  client: Client,
  address: string,
  ref: string,
  given: string,
  keyboard: InlineKeyboardMarkup | undefined,
): Promise<string | undefined> {
  const [chat, id] = [Number(address), Number(ref)]
  const { text, entities } = markUp(given)
  const markup = keyboard === undefined ? {} : { reply_markup: keyboard }
  try {
    await client.ask(api =>
      api.editMessageText(chat, id, text, { ...markup, entities, link_preview_options: NO_PREVIEW }),
    )
    return ref
  } catch (error) {
    const meaning = error instanceof NotTaken ? error.reading.meaning : undefined
    if (meaning === 'done') return ref
    if (meaning === 'not_editable') return undefined
    if (meaning !== 'no_text' || text.length > CAPTION_MAX) throw error
    await client.ask(api =>
      api.editMessageCaption(chat, id, { ...markup, caption: text, caption_entities: entities }),
    )
    return ref
  }
}
