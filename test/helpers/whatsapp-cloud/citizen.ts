import { inbound, type With } from './inbound.ts'
import { errorOf } from './refusal.ts'
import type { Fields, Message } from './shapes.ts'
import { tellStatus } from './statuses.ts'
import { transcript } from './transcript.ts'
import { type BusinessState, chatOf, type PersonState, type World } from './world.ts'

/** One person in the chat with one business, and what they can do there. Every send returns the message as it stands in the chat. */
export type Citizen = ReturnType<typeof citizen>

type Place = { latitude: number; longitude: number; name?: string; address?: string }

export function citizen(world: World, business: BusinessState, person: PersonState) {
  const chat = chatOf(business, person)

  const { give, sendsMedia } = inbound(world, business, person)

  /** The newest message with such a choice, or the one given if it has it. */
  const findChoice = (kind: Message['kind'][], title: string | RegExp, on: Message | undefined) => {
    const messages = on === undefined ? [...chat.messages.values()].reverse() : [on]
    const fits = (said: string) => (typeof title === 'string' ? said === title : title.test(said))
    for (const message of messages) {
      const choice = kind.includes(message.kind) && message.choices.find(one => fits(one.title))
      if (choice) return { message, choice }
    }
    const there = messages.flatMap(one => one.choices.map(choice => choice.title))
    throw new Error(`There is no "${title}" to choose; there are: ${there.join(', ') || 'none'}.`)
  }

  const chooses = (
    type: 'button_reply' | 'list_reply',
    message: Message,
    choice: Message['choices'][number],
  ) =>
    give(
      'interactive',
      { interactive: { type, [type]: { ...choice } } },
      { text: choice.title, replyTo: message.id },
    )

  const presses = (title: string | RegExp, on?: Message) => {
    const { message, choice } = findChoice(['buttons', 'template'], title, on)
    if (message.kind === 'buttons') return chooses('button_reply', message, choice)
    return give(
      'button',
      { button: { payload: choice.id, text: choice.title } },
      { text: choice.title, replyTo: message.id },
    )
  }

  const picks = (title: string | RegExp, on?: Message) => {
    const { message, choice } = findChoice(['list'], title, on)
    return chooses('list_reply', message, choice)
  }

  return {
    business,
    chat,
    says: (text: string, more: Fields = {}) => give('text', { text: { body: text } }, { text }, more),
    replies: (to: Message, text: string) => give('text', { text: { body: text } }, { text, replyTo: to.id }),
    /** Presses the button with this title on the newest message that has it, or on the one given. */
    presses,
    /** Picks the row with this title from the newest list that has it, or from the one given. */
    picks,
    /** Presses or picks, whichever there is, by the id we gave it. */
    chooses: (id: string, on?: Message) => {
      const all = on === undefined ? [...chat.messages.values()].reverse() : [on]
      const message = all.find(one => one.choices.some(choice => choice.id === id))
      const choice = message?.choices.find(one => one.id === id)
      if (message === undefined || choice === undefined) throw new Error(`There is no choice "${id}" here.`)
      return message.kind === 'list' ? picks(choice.title, message) : presses(choice.title, message)
    },
    /** What a changed app may do: send an id of its own making as if a button of this message had been pressed. */
    forges: (id: string, title: string, on: Message) => chooses('button_reply', on, { id, title }),
    sendsPhoto: (bytes: Uint8Array, more: With = {}) =>
      sendsMedia('image', bytes, more.mime ?? 'image/jpeg', more),
    sendsDocument: (bytes: Uint8Array, more: With = {}) =>
      sendsMedia('document', bytes, more.mime ?? 'application/pdf', { fileName: 'berkas.pdf', ...more }),
    sendsVoice: (bytes: Uint8Array, more: With = {}) =>
      sendsMedia('audio', bytes, more.mime ?? 'audio/ogg; codecs=opus', more, { voice: true }),
    sendsAudio: (bytes: Uint8Array, more: With = {}) =>
      sendsMedia('audio', bytes, more.mime ?? 'audio/mpeg', more, { voice: false }),
    sendsVideo: (bytes: Uint8Array, more: With = {}) =>
      sendsMedia('video', bytes, more.mime ?? 'video/mp4', more),
    sendsSticker: (bytes: Uint8Array) => sendsMedia('sticker', bytes, 'image/webp', {}, { animated: false }),
    sendsLocation: (latitude: number, longitude: number, more: Omit<Place, 'latitude' | 'longitude'> = {}) =>
      give(
        'location',
        { location: { latitude, longitude, ...more } },
        { text: more.name ?? '', location: { latitude, longitude } },
      ),
    sendsContact: (name: string, phone: string) =>
      give(
        'contacts',
        {
          contacts: [{ name: { formatted_name: name, first_name: name }, phones: [{ phone, type: 'CELL' }] }],
        },
        { text: name },
      ),
    /** Gives one's own number, as after being asked for it. */
    sharesNumber: () =>
      give(
        'contacts',
        {
          origin: 'contact_request',
          contacts: [
            {
              name: { formatted_name: person.name, first_name: person.name },
              phones: [{ phone: `+${person.phone}`, wa_id: person.phone, type: 'CELL' }],
            },
          ],
        },
        { text: person.name },
      ),
    /** Without an emoji a reaction is taken back. */
    reacts: (to: Message, emoji?: string) =>
      give(
        'reaction',
        { reaction: { message_id: to.id, ...(emoji === undefined ? {} : { emoji }) } },
        undefined,
      ),
    /** Told only to businesses that also use the app. */
    edits: (message: Message, text: string) => {
      message.text = text
      message.edited = true
      const changed = { context: { id: message.id }, type: 'text', text: { body: text } }
      return give('edit', { edit: { original_message_id: message.id, message: changed } }, undefined)
    },
    revokes: (message: Message) => {
      message.revoked = true
      return give('revoke', { revoke: { original_message_id: message.id } }, undefined)
    },
    /** Opens the chat for the first time, without a word. */
    opens: () => give('request_welcome', {}, undefined),
    /** Something the API does not show: a poll, say. */
    sendsUnsupported: (kind = 'poll_creation') =>
      give(
        'unsupported',
        {
          errors: [errorOf(131051, 'Message type is currently not supported.')],
          unsupported: { type: kind },
        },
        { text: `(${kind})` },
      ),
    /** Anything else: `body` as it stands beside id and sender. */
    sends: (type: string, body: Fields) => give(type, body, { text: `(${type})` }),
    /** Opens the chat: what has arrived and was not read is read now. */
    reads: () => {
      for (const message of chat.messages.values())
        if (message.from === 'business' && !message.statuses?.includes('read'))
          tellStatus(world, business, person, message, 'read')
    },
    blocks: () => {
      chat.isBlocked = true
    },
    unblocks: () => {
      chat.isBlocked = false
    },
    /** What stands in the chat, as text: one line a message, choices in brackets. */
    sees: () => transcript(business, person, chat),
    messages: () => [...chat.messages.values()],
    /** The newest message of the business. */
    last: () => [...chat.messages.values()].findLast(one => one.from === 'business'),
  }
}
