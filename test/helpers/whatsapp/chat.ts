import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys'
import type { Account, Content } from './world.ts'

/** A message as it stands in a chat. */
export type Shown = {
  id: string
  by: Account
  at: number
  /** What it says now: after an edit the new words. */
  content: Content
  text: string
  edited: boolean
  deleted: boolean
  /** The id of the message it answers. */
  quotes: string | undefined
  reactions: Map<Account, string>
  /** How many times it came under this id; people see it once. */
  copies: number
  /** Whether this person's phone has told the sender that it was read. */
  read: boolean
}

/** `arrived` counts what came, whatever it was: who looks often looks at it first. */
export type Chat = { messages: Shown[]; arrived: number }

type Described = { words: string; context?: proto.IContextInfo | null | undefined }

/** What a message looks like to who reads it, and what it refers to. */
function describe(content: Content): Described {
  const message = normalizeMessageContent(content) ?? {}
  const with_ = (kind: string, caption?: string | null) => [`(${kind})`, caption ?? ''].join(' ').trim()
  if (message.conversation != null && message.conversation !== '') return { words: message.conversation }
  const { extendedTextMessage: long, imageMessage: photo, videoMessage: video } = message
  const { documentMessage: file, audioMessage: sound, locationMessage: place } = message
  const { contactMessage: person, stickerMessage: sticker } = message
  const poll = message.pollCreationMessageV3 ?? message.pollCreationMessage
  if (long != null) return { words: long.text ?? '', context: long.contextInfo }
  if (photo != null) return { words: with_('photo', photo.caption), context: photo.contextInfo }
  if (video != null) return { words: with_('video', video.caption), context: video.contextInfo }
  if (file != null)
    return { words: with_(`document ${file.fileName ?? ''}`.trim(), file.caption), context: file.contextInfo }
  if (sound != null)
    return { words: with_(sound.ptt === true ? 'voice' : 'audio'), context: sound.contextInfo }
  if (place != null)
    return {
      words: with_('location', `${place.degreesLatitude},${place.degreesLongitude}`),
      context: place.contextInfo,
    }
  if (person != null) return { words: with_('contact', person.displayName), context: person.contextInfo }
  if (sticker != null) return { words: with_('sticker'), context: sticker.contextInfo }
  if (poll != null) {
    const options = (poll.options ?? []).map(one => `\n  [${one.optionName}]`)
    return { words: `(poll) ${poll.name}${options.join('')}`, context: poll.contextInfo }
  }
  return { words: `(${Object.keys(message)[0] ?? 'nothing'})` }
}

/** Puts a message into a chat, or does to an earlier one what it says: edits, takes back, reacts. Gives the one concerned. */
export function show(chat: Chat, by: Account, id: string, content: Content, at: number): Shown | undefined {
  const message = normalizeMessageContent(content) ?? {}
  const of = (key: proto.IMessageKey | null | undefined) => chat.messages.find(one => one.id === key?.id)
  const { protocolMessage, reactionMessage } = message
  if (reactionMessage != null) {
    const target = of(reactionMessage.key)
    if (reactionMessage.text) target?.reactions.set(by, reactionMessage.text)
    else target?.reactions.delete(by)
    return target
  }
  if (protocolMessage != null) {
    const target = of(protocolMessage.key)
    if (target === undefined) return undefined
    if (protocolMessage.editedMessage != null) {
      target.content = protocolMessage.editedMessage
      target.text = describe(protocolMessage.editedMessage).words
      target.edited = true
    } else target.deleted = true
    return target
  }
  chat.arrived += 1
  const known = chat.messages.find(one => one.id === id && one.by === by)
  if (known !== undefined) {
    known.copies += 1
    return known
  }
  const { words, context } = describe(content)
  const shown: Shown = {
    id,
    by,
    at,
    content,
    text: words,
    edited: false,
    deleted: false,
    quotes: context?.stanzaId ?? undefined,
    reactions: new Map(),
    copies: 1,
    read: false,
  }
  chat.messages.push(shown)
  return shown
}

/** One message as a person reads it: who, what, whether changed, what others think of it. */
export function line({ by, text, edited, deleted, reactions }: Shown): string {
  const marks = [...reactions.values()].map(one => ` {${one}}`).join('')
  return `${by.name}: ${deleted ? '(deleted)' : text}${edited && !deleted ? ' (edited)' : ''}${marks}`
}
