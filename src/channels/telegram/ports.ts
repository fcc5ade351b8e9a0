import type { Counters } from '../../lib/counters.ts'
import type { Log } from '../../lib/log.ts'

/** How one office's bot is reached by Telegram, as the environment says. */
export type BotAccount = { office: string; token: string } & (
  | { by: 'poll' }
  | { by: 'webhook'; secret: string }
)

/** A group that is a desk's. `forum`: it has topics. */
export type DeskGroup = { desk: string; forum: boolean; conversationId: string }

/** Which group chats are whose. `chat` is Telegram's id of the chat, written as text. */
export type Groups = {
  deskOf(office: string, chat: string): Promise<DeskGroup | undefined>
  /** Makes a chat the group of the desk a single-use code was issued for; false when the code opens nothing. */
  pair(
    office: string,
    chat: string,
    forum: boolean,
    title: string | undefined,
    code: string,
  ): Promise<boolean>
  /** The group got topics, or gave them up. */
  forum(office: string, chat: string, isForum: boolean): Promise<void>
  /** We were thrown out of a desk's group. */
  removed(office: string, chat: string): Promise<void>
  /** We are in a desk's group again. */
  back(office: string, chat: string): Promise<void>
  /** Somebody came into a desk's group: its people are asked to look who. Once for an `id`. */
  newcomers(office: string, chat: string, id: string): Promise<void>
  /** Telegram gave a desk's group another id. Nothing is said there before somebody with the right confirms it. */
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

/** Keeps what is sent to us, sealed and re-encoded. A refusal is the sender's to mend; `no_room` is ours, and words still go. */
export type Files = {
  put(
    office: string,
    bytes: Uint8Array,
    name: string,
  ): Promise<StoredFile | { refused: 'too_large' | 'unknown_type' | 'no_room' }>
  open(id: string): Promise<{ mime: string; bytes: Uint8Array } | undefined>
}

/** Options whose name is too long for a button, by the token that stands on it. */
export type LongOptions = {
  keep(office: string, token: string, option: string): Promise<void>
  of(office: string, token: string): Promise<string | undefined>
}

/** The right to ask Telegram for an office's updates; one process has it at a time. */
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

export type Offsets = {
  /** Notes the offset about to be asked for; false when `epoch` is no longer the newest, so that nothing may be confirmed. */
  set(office: string, offset: number, epoch: number): Promise<boolean>
}

/** How long things take, in milliseconds. */
export type Times = {
  /** A call that sends; inside what the outbox waits for a send. */
  call: number
  /** A long poll. */
  poll: number
  /** Between two looks while something is in hand. */
  busy: number
  /** The first and the longest pause after a failure. */
  firstPause: number
  longestPause: number
  /** Between two tries of what only a person can mend: a wrong token, a second poller. */
  slow: number
  /** Until a new group is told what to do, and until it is left. */
  explain: number
  leave: number
  /** One download of a file. */
  download: number
}

export type TelegramOptions = {
  bots: readonly BotAccount[]
  /** Scheme and host of the Bot API, without a slash at the end. */
  apiRoot: string
  /** Where Telegram reaches us, without a slash at the end; without it webhooks are set by hand. */
  publicUrl?: string
  groups: Groups
  staff: Staff
  threads: Threads
  files: Files
  longOptions: LongOptions
  leader: Leader
  offsets: Offsets
  /** Whether an error means that the database cannot be reached. */
  away: (error: unknown) => boolean
  log: Log
  counters: Pick<Counters, 'add'>
  times?: Partial<Times>
  now?: () => Date
  /** 0 to 1; spreads pauses. */
  chance?: () => number
}
