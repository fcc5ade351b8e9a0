/** Telegram's update in our words, as a channel hands it on: what `translate` of a channel does, for the bench. */
import type { InboundMessage } from '../src/channels/channel.ts'
import type { Update } from './telegram.ts'

export type Said = Pick<InboundMessage, 'kind' | 'text' | 'choice' | 'file' | 'location' | 'sentAt'> & {
  chat: number
}

export function translate({ message, callback_query }: Update): Said {
  const about = message ?? callback_query?.message
  if (about === undefined) throw new Error('the bench sends messages and presses only')
  const said = { chat: about.chat.id, sentAt: new Date(about.date * 1000) }
  if (callback_query !== undefined) return { ...said, kind: 'text', text: '', choice: callback_query.data }
  const text = about.text ?? ''
  if (about.location !== undefined) return { ...said, kind: 'location', text, location: about.location }
  if (about.contact !== undefined) return { ...said, kind: 'contact', text: about.contact.phone_number }
  const photo = about.photo?.at(-1)
  if (photo === undefined) return { ...said, kind: 'text', text }
  return { ...said, kind: 'photo', text, file: { id: photo.file_id, name: 'foto.jpg', mime: 'image/jpeg' } }
}
