import { randomBytes } from 'node:crypto'
import { type MediaType, proto } from '@whiskeysockets/baileys'
import { type Shown, show } from './chat.ts'
import { putFile } from './media.ts'
import { hasOption, numberIn, voteFor } from './pick.ts'
import {
  type Account,
  type Content,
  chatOf,
  type Group,
  instant,
  isGroup,
  nameIn,
  type Said,
  seconds,
  type World,
} from './world.ts'
import { write } from './write.ts'

/** A message one can point at: one of one's own, or one that stands in the chat. */
export type Pointed = { id: string; by: Account; content: Content }

/** `size` is what the message claims, where that is not the truth. */
export type FileMore = { caption?: string; mime?: string; name?: string; size?: number; quotes?: Pointed }

export type More = { id?: string; quotes?: Pointed }

/** The names of phones' own messages: upper-case hex, as the apps make them. */
const newId = () => randomBytes(16).toString('hex').toUpperCase()

/** One person in one chat, and what they can do there. Everything said is given back at once, and arrives in the order it was said. */
export type Speaker = ReturnType<typeof speaker>

export function speaker(world: World, by: Account, to: Account | Group) {
  const isLid = () => nameIn(by, to).endsWith('@lid')

  const say = (content: Content, id = newId(), bytes?: Uint8Array): Said => {
    if (isGroup(to) && !to.members.has(by)) throw new Error(`${by.name} is not in ${to.subject}.`)
    const said: Said = {
      id,
      by,
      name: nameIn(by, to),
      to,
      content,
      t: seconds(world),
      receipts: [],
      ...(bytes && { bytes }),
    }
    if (isGroup(to)) for (const one of to.members.keys()) show(chatOf(one, to), by, id, content, instant())
    else
      for (const [one, other] of [
        [by, to],
        [to, by],
      ] as const)
        show(chatOf(one, other), by, id, content, instant())
    write(world, said)
    world.onChange()
    return said
  }

  /** What a message carries that answers another. The number's own messages are called by its LID in groups, as all are. */
  const context = (target: Pointed | undefined): proto.IContextInfo | undefined =>
    target === undefined
      ? undefined
      : {
          stanzaId: target.id,
          participant: isLid() ? target.by.lid : target.by.pn,
          quotedMessage: target.content,
        }

  /** How a message is called in what refers to it. */
  const keyOf = (target: Pointed): proto.IMessageKey => ({
    id: target.id,
    remoteJid: isGroup(to) ? to.jid : isLid() ? to.lid : to.pn,
    fromMe: target.by === by,
    ...(isGroup(to) ? { participant: target.by.lid } : {}),
  })

  const answering = (quotes: Pointed | undefined) =>
    quotes === undefined ? {} : { contextInfo: context(quotes) ?? null }

  const file = (bytes: Uint8Array, type: MediaType, { size }: FileMore) => {
    const facts = putFile(world, bytes, type)
    return size === undefined ? facts : { ...facts, fileLength: size }
  }

  const text = (words: string, quotes?: Pointed): Content =>
    quotes === undefined
      ? { conversation: words }
      : { extendedTextMessage: { text: words, contextInfo: context(quotes) ?? null } }

  const votes = (poll: Shown, labels: string[], names: Partial<{ creator: string; voter: string }> = {}) => {
    const own = isLid() ? { creator: poll.by.lid, voter: by.lid } : { creator: poll.by.pn, voter: by.pn }
    return say(voteFor(poll, labels, { ...own, ...names, key: keyOf(poll), at: world.now() }))
  }

  return {
    says: (words: string, { id, quotes }: More = {}) => say(text(words, quotes), id),
    quotes: (target: Pointed, words: string) => say(text(words, target)),
    edits: (target: Pointed, words: string) =>
      say({
        editedMessage: {
          message: {
            protocolMessage: {
              key: keyOf(target),
              type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
              editedMessage: { conversation: words },
              timestampMs: world.now(),
            },
          },
        },
      }),
    deletes: (target: Pointed) =>
      say({
        protocolMessage: { key: keyOf(target), type: proto.Message.ProtocolMessage.Type.REVOKE },
      }),
    reacts: (target: Pointed, emoji: string) =>
      say({ reactionMessage: { key: keyOf(target), text: emoji, senderTimestampMs: world.now() } }),
    sendsLocation: (latitude: number, longitude: number, name?: string) =>
      say({
        locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name: name ?? null },
      }),
    sendsContact: (who: string, number: string) =>
      say({
        contactMessage: {
          displayName: who,
          vcard: `BEGIN:VCARD\nVERSION:3.0\nFN:${who}\nTEL;type=CELL;waid=${number}:+${number}\nEND:VCARD`,
        },
      }),
    sendsPhoto: (bytes: Uint8Array, { caption, quotes, mime = 'image/jpeg', ...more }: FileMore = {}) =>
      say({
        imageMessage: {
          ...file(bytes, 'image', more),
          mimetype: mime,
          caption: caption ?? null,
          ...answering(quotes),
        },
      }),
    sendsVideo: (bytes: Uint8Array, { caption, quotes, mime = 'video/mp4', ...more }: FileMore = {}) =>
      say({
        videoMessage: {
          ...file(bytes, 'video', more),
          mimetype: mime,
          caption: caption ?? null,
          ...answering(quotes),
        },
      }),
    sendsVoice: (bytes: Uint8Array, { quotes, mime = 'audio/ogg; codecs=opus', ...more }: FileMore = {}) =>
      say({
        audioMessage: {
          ...file(bytes, 'audio', more),
          mimetype: mime,
          ptt: true,
          seconds: 1,
          ...answering(quotes),
        },
      }),
    /** With a caption it comes wrapped once more, as the apps send it. */
    sendsDocument: (
      bytes: Uint8Array,
      { caption, quotes, mime = 'application/pdf', name = 'berkas.pdf', ...more }: FileMore = {},
    ) => {
      const documentMessage = {
        ...file(bytes, 'document', more),
        mimetype: mime,
        fileName: name,
        caption: caption ?? null,
        ...answering(quotes),
      }
      return say(
        caption === undefined
          ? { documentMessage }
          : { documentWithCaptionMessage: { message: { documentMessage } } },
      )
    },
    /**
     * Chooses an option by its label from the newest message that has it: in a poll by a vote, in a menu of numbered lines by
     * saying its number.
     */
    picks: (label: string | RegExp) => {
      for (const shown of [...chatOf(by, to).messages].reverse()) {
        const number = numberIn(shown.text, label)
        if (number !== undefined) return say({ conversation: number })
        if (hasOption(shown, label) && typeof label === 'string') return votes(shown, [label])
      }
      throw new Error(`${by.name} sees no ${label} to choose.`)
    },
    votes,
    /** Anything else a message may hold, well formed or not. */
    sends: (content: Content, more: More = {}) => say(content, more.id),
    /** Sends bytes as the text of a message, enciphered as any other, whether or not they are one. */
    sendsBytes: (bytes: Uint8Array) => say({}, newId(), bytes),
    /** Sends the same again under the same id, as a phone does that missed the acknowledgement. */
    repeats: (said: Said) => write(world, said),
    /** What stands in this chat for this person, oldest first. */
    messages: (): Shown[] => chatOf(by, to).messages,
    /** How many times something came into it: while it stays, there is nothing new to look at. */
    arrived: (): number => chatOf(by, to).arrived,
  }
}
