/** What channels with groups, files and a lead ask of the records. `chat` is the platform's own id of a chat. */

/** A group that is a desk's. `forum`: it has topics. */
export type DeskGroup = { desk: string; forum: boolean; conversationId: string }

import type { InboundMessage } from './channel.ts'

/** Which group chats are whose. `chat` is Telegram's id of the chat, written as text. */
export type Groups = {
  deskOf(office: string, chat: string): Promise<DeskGroup | undefined>
  /** Makes a chat the group of the desk a single-use code was issued for; false when the code opens nothing. */
  pair(office: string, chat: string, forum: boolean, code: string): Promise<boolean>
  /** The group got topics, or gave them up. */
  forum(office: string, chat: string, isForum: boolean): Promise<void>
  /** We were thrown out of a desk's group. */
  removed(office: string, chat: string): Promise<void>
  /** We are in a desk's group again. */
  back(office: string, chat: string): Promise<void>
  /** Somebody came into a desk's group: its people are asked to look who. Once for an `id`. */
  newcomers(office: string, chat: string, id: string): Promise<void>
  /** The platform gave a desk's group another id. Nothing is said there before somebody with the right confirms it. */
  moved(office: string, chat: string, to: string): Promise<void>
  /** Whether a desk's group moved to this chat, and nobody has confirmed it yet. */
  isMovedHere(office: string, chat: string): Promise<boolean>
  /** Confirms the move to this chat; false when this account may not. */
  confirmMove(office: string, chat: string, account: string): Promise<boolean>
}

export type Staff = {
  /** Opens an account with a single-use code: the person's name, or undefined when the code opens nothing. */
  bind(office: string, account: string, code: string): Promise<string | undefined>
}

/** Where in a group a matter is talked about: a topic's id, or `card:` and the message that others answer. */
export type Threads = {
  of(office: string, chat: string, matterId: string): Promise<string | undefined>
  note(office: string, chat: string, matterId: string, thread: string): Promise<void>
  forget(office: string, chat: string, matterId: string): Promise<void>
}

export type StoredFile = { id: string; name: string; mime: string }

/** Why a file is not kept: the first two are the sender's to mend, the last may be gone by the next try. */
export type FileRefusal = { refused: 'too_large' | 'unknown_type' | 'no_room' | 'unreadable' }

/** Keeps what is sent to us, sealed and re-encoded. A refusal is the sender's to mend; `no_room` is ours, and words still go. */
export type Files = {
  put(
    office: string,
    bytes: Uint8Array,
    name: string,
  ): Promise<StoredFile | { refused: 'too_large' | 'unknown_type' | 'no_room' }>
  /** 'infected': a virus was found in it, and nobody gets it. */
  open(id: string): Promise<{ mime: string; bytes: Uint8Array } | 'infected' | undefined>
}

/** Counts the files of citizens, by the message each came with. */
export type FileQuota = {
  /** Whether a file of so many bytes may be taken today; counted once, however often it is asked. Rejects while the records are away. */
  admit(sent: Sent, bytes: number): Promise<boolean>
}
type Sent = Pick<InboundMessage, 'office' | 'channel' | 'address' | 'externalId'>

/** Options too long for what a platform puts behind a choice, by the short name they get instead. */
export type LongOptions = {
  keep(office: string, token: string, option: string): Promise<void>
  of(office: string, token: string): Promise<string | undefined>
}

/** The right to take an office's messages from its platform; one process has it at a time. */
export type Lease = {
  /** Rises with every leader. */
  epoch: number
  /** Aborted as soon as the right is lost. */
  lost: AbortSignal
  release(): Promise<void>
}

export type Leader = {
  /** Resolves once it is our turn; rejects when `signal` aborts before, or when the database cannot be reached. */
  lead(office: string, signal: AbortSignal): Promise<Lease>
}
