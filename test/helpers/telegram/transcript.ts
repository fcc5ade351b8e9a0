import type { Message } from './shapes.ts'
import type { Place } from './world.ts'

function mediaWords(message: Message): string[] {
  const kinds = ['photo', 'document', 'voice', 'video', 'sticker', 'location', 'contact'] as const
  return kinds.filter(kind => message[kind] !== undefined).map(kind => `(${kind})`)
}

function serviceWords(message: Message): string[] {
  const kinds = Object.keys(message).filter(name =>
    /^(new_chat_|left_chat_|migrate_|forum_topic_|pinned_)/.test(name),
  )
  return kinds.map(kind => `(${kind.replaceAll('_', ' ')})`)
}

function buttonWords(message: Message): string {
  const rows = message.reply_markup?.inline_keyboard ?? []
  return rows.map(row => `\n  ${row.map(button => `[${button.text}]`).join(' ')}`).join('')
}

/** One message as a person reads it: who, what, whether edited, the buttons below. */
export function line(message: Message): string {
  const name = message.sender_chat?.title ?? message.from?.first_name ?? ''
  const words = [...serviceWords(message), ...mediaWords(message), message.text ?? message.caption ?? '']
  const edited = message.edit_date === undefined ? '' : ' (edited)'
  const forwarded = message.forward_origin === undefined ? '' : ' (forwarded)'
  return `${name}${forwarded}: ${words.filter(word => word !== '').join(' ')}${edited}${buttonWords(message)}`
}

/** What stands in the chat now, or in one of its topics; last the keys laid out instead of the phone's own. */
export function transcript(place: Place, topic?: number): string {
  const keys = place.keys.map(row => `  ${row.map(key => `<${key.text}>`).join(' ')}`)
  const lines = [...place.messages.values()]
    .filter(message => topic === undefined || message.message_thread_id === topic)
    .map(line)
  return [...lines, ...keys].join('\n')
}
