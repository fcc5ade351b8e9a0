import type { OutboundMessage, Template } from '../channel.ts'
import type { LongOptions } from '../ports.ts'
import { markUp } from '../whatsapp-markup.ts'
import { choicesOf } from './choices.ts'
import type { Uploaded } from './upload.ts'

/** What follows `type` in a message to Meta. */
export type Body = { type: string } & Record<string, unknown>

/** Characters below a file, and of a text with buttons or a list. */
export const BESIDE_MAX = 1024

/** Words alone: no page they mention is looked at by anybody but the reader. */
export function wordsOf(text: string): Body {
  return { type: 'text', text: { body: markUp(text) || '…', preview_url: false } }
}

/** A file, with words below it where its kind can have them. */
export function fileOf({ id, kind }: Uploaded, text: string): Body {
  const caption = text === '' || kind.as === 'audio' ? {} : { caption: markUp(text) }
  const filename = kind.as === 'document' ? { filename: kind.name } : {}
  return { type: kind.as, [kind.as]: { id, ...caption, ...filename } }
}

/** Words with the answers to choose from, below a file where one goes with them. */
export async function questionOf(
  message: OutboundMessage,
  file: Uploaded | undefined,
  long: LongOptions,
): Promise<Body> {
  const choices = await choicesOf(message, long)
  const above = file === undefined ? {} : { header: headerOf(file) }
  return {
    type: 'interactive',
    interactive: { ...above, ...choices, body: { text: markUp(message.text) || '…' } },
  }
}

/** Words with a button that sends where somebody is; at most BESIDE_MAX of them. They may write instead. */
export function askForPlace(text: string): Body {
  const interactive = {
    type: 'location_request_message',
    body: { text: markUp(text) || '…' },
    action: { name: 'send_location' },
  }
  return { type: 'interactive', interactive }
}

function headerOf({ id, kind }: Uploaded) {
  const filename = kind.as === 'document' ? { filename: kind.name } : {}
  return { type: kind.as, [kind.as]: { id, ...filename } }
}

/** A text approved beforehand. What fills its places may have no line breaks, no wide gaps, and may not be missing. */
export function templateOf({ name, language, values }: Template): Body {
  const parameters = values.map(value => ({ type: 'text', text: markUp(value).replace(/\s+/g, ' ') || '-' }))
  const components = parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] }
  return { type: 'template', template: { name, language: { code: language }, ...components } }
}
