import type { Message } from './shapes.ts'
import type { BusinessState, Chat, PersonState } from './world.ts'

function choiceWords({ kind, opens, choices }: Message): string {
  if (kind === 'location') return '\n  [Kirim lokasi]'
  if (kind !== 'list')
    return choices.length === 0 ? '' : `\n  ${choices.map(one => `[${one.title}]`).join(' ')}`
  const rows = choices.map(
    ({ title, description }) => `\n  - ${title}${description === undefined ? '' : ` (${description})`}`,
  )
  return `\n  [${opens}]${rows.join('')}`
}

function mark(message: Message): string {
  if (message.revoked) return ' (revoked)'
  const reaction = message.reaction === undefined ? '' : ` ${message.reaction}`
  return `${message.edited ? ' (edited)' : ''}${reaction}`
}

function line(message: Message, names: { citizen: string; business: string }): string {
  const media = message.media === undefined ? '' : `(${message.type}) `
  const place = message.location === undefined ? '' : '(location) '
  const footer = message.footer === undefined ? '' : `\n  ${message.footer}`
  return `${names[message.from]}: ${media}${place}${message.text}${mark(message)}${footer}${choiceWords(message)}`.trimEnd()
}

/** What stands in the chat now. */
export function transcript(business: BusinessState, person: PersonState, chat: Chat): string {
  const names = { citizen: person.name, business: business.name }
  return [...chat.messages.values()].map(message => line(message, names)).join('\n')
}
