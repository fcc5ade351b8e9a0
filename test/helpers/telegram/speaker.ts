import { entitiesOf } from './entities-of.ts'
import { type FileFacts, storeFile } from './files.ts'
import { isIn } from './find-place.ts'
import { announce, post, type Said } from './post.ts'
import { press } from './press.ts'
import type { Message, Origin, User } from './shapes.ts'
import { date, type Place, type World } from './world.ts'

/** Who a message is shown to be from: oneself, or a chat one speaks as. */
export type Author = Pick<Said, 'sender_chat' | 'author_signature'> & { from: User }

/** One person in one chat (and topic), and what they can do there. Every send returns the message as the bot gets it. */
export type Speaker = ReturnType<typeof speaker>

/** Where everybody stands who is asked where they are: the middle of the city. And a number that is nobody's. */
const MEDAN: [latitude: number, longitude: number] = [3.5952, 98.6722]
const NOBODYS_NUMBER = '+620000000000'

type With = { caption?: string; replyTo?: Message; album?: string } & FileFacts

function checkMayWrite(place: Place, user: User, thread: number | undefined): void {
  const { door, members, chat, topics } = place
  if (chat.type === 'private') {
    if (door === 'blocked' || door === 'deactivated')
      throw new Error(`${user.first_name} cannot write here: ${door}.`)
    place.door = 'open'
    return
  }
  if (place.movedTo !== undefined) throw new Error('This group is a supergroup now; write in the new one.')
  if (!isIn(members.get(user.id))) throw new Error(`${user.first_name} is not in ${chat.title}.`)
  if (thread !== undefined && !topics.has(thread)) throw new Error(`There is no topic ${thread}.`)
}

/** Speaks in a chat as this person. `as` gives what others see instead, of anonymous administrators and channels. */
export function speaker(world: World, place: Place, who: () => User, thread?: number, as?: Author) {
  const say = (said: Said, replyTo?: Message): Message => {
    checkMayWrite(place, who(), thread)
    const { from, ...author } = as ?? { from: who() }
    return post(world, place, from, { ...said, ...author }, { thread, replyTo: replyTo?.message_id })
  }

  const withCaption = ({ caption, album }: With) => {
    const found = caption === undefined ? {} : entitiesOf(caption)
    return {
      ...(caption === undefined ? {} : { caption }),
      ...(found.entities === undefined ? {} : { caption_entities: found.entities }),
      ...(album === undefined ? {} : { media_group_id: album }),
    }
  }

  const facts = ({ caption: _, replyTo: __, album: ___, ...rest }: With): FileFacts => rest

  const sendsPhoto = (bytes: Uint8Array, more: With = {}): Message => {
    const small = storeFile(world, 'photos', bytes, { width: 90, height: 67 })
    const large = storeFile(world, 'photos', bytes, { width: 1280, height: 960, ...facts(more) })
    return say({ photo: [small, large], ...withCaption(more) }, more.replyTo)
  }

  const sendsLocation = (latitude: number, longitude: number) => say({ location: { latitude, longitude } })

  /** Without `of` the number is one's own, as after pressing "share my number". */
  const sendsContact = (phone_number: string, of?: { first_name: string; user_id?: number }) =>
    say({ contact: { phone_number, ...(of ?? { first_name: who().first_name, user_id: who().id }) } })

  return {
    place,
    says: (text: string) => say({ text, ...entitiesOf(text) }),
    replies: (to: Message, text: string) => say({ text, ...entitiesOf(text) }, to),
    sendsPhoto,
    /** Several pictures at once: as many messages, with one `media_group_id`; the caption stands on the first. */
    sendsAlbum: (pictures: Uint8Array[], caption?: string) => {
      const album = `${world.nextId()}`
      return pictures.map((bytes, index) =>
        sendsPhoto(bytes, { album, ...(index === 0 && caption !== undefined ? { caption } : {}) }),
      )
    },
    sendsDocument: (bytes: Uint8Array, more: With = {}) =>
      say(
        { document: storeFile(world, 'documents', bytes, facts(more)), ...withCaption(more) },
        more.replyTo,
      ),
    sendsVoice: (bytes: Uint8Array, more: With = {}) => {
      const voice = storeFile(world, 'voice', bytes, { duration: 3, mime_type: 'audio/ogg', ...facts(more) })
      return say({ voice, ...withCaption(more) }, more.replyTo)
    },
    sendsLocation,
    sendsContact,
    /** Presses a key of the keyboard the bot has laid out: its words are said, or the place or number it asks for is sent. */
    taps: (label: string) => {
      const key = place.keys.flat().find(({ text }) => text === label)
      if (key === undefined) throw new Error(`There is no key "${label}" here.`)
      if (key.request_location) return sendsLocation(...MEDAN)
      return key.request_contact ? sendsContact(NOBODYS_NUMBER) : say({ text: label, ...entitiesOf(label) })
    },
    /** Anything else a message may hold: a sticker, a video, a service word of one's own. */
    sends: (said: Said) => say(said),
    forwards: (message: Message) => {
      const { chat, from, date: at } = message
      const origin: Origin =
        message.forward_origin ??
        (message.sender_chat !== undefined
          ? { type: 'chat', date: at, sender_chat: message.sender_chat }
          : from === undefined
            ? { type: 'chat', date: at, sender_chat: chat }
            : { type: 'user', date: at, sender_user: from })
      const { text, entities, caption, photo, document, voice } = message
      return say(
        structuredClone({
          ...(text === undefined ? {} : { text }),
          ...(entities === undefined ? {} : { entities }),
          ...(caption === undefined ? {} : { caption }),
          ...(photo === undefined ? {} : { photo }),
          ...(document === undefined ? {} : { document }),
          ...(voice === undefined ? {} : { voice }),
          forward_origin: origin,
        }),
      )
    },
    edits: (message: Message, words: string): Message => {
      const { caption_entities: _, entities: __, ...rest } = message
      const found = entitiesOf(words).entities
      const edited: Message = {
        ...rest,
        ...(message.text === undefined
          ? { caption: words, ...(found === undefined ? {} : { caption_entities: found }) }
          : { text: words, ...(found === undefined ? {} : { entities: found }) }),
        edit_date: date(world),
      }
      place.messages.set(edited.message_id, edited)
      announce(world, place, edited, 'edited_message')
      return edited
    },
    /** Takes a message back; bots are not told. */
    deletes: (message: Message) => {
      place.messages.delete(message.message_id)
      world.onChange()
    },
    /** Presses the button with this label on the newest message that has it, or on the one given. Returns the query's id. */
    presses: (label: string | RegExp, on?: Message) => press(world, place, who(), { label, on }),
    /** What a changed app may do: send data of its own making as if a button of this message had been pressed. */
    forges: (data: string, on: Message) => press(world, place, who(), { data, on }),
  }
}
