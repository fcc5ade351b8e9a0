import type { Counters } from '../../lib/counters.ts'
import type { Log } from '../../lib/log.ts'
import type { FileQuota, Files, Groups, Leader, Staff, Threads } from '../ports.ts'
import type { KeyRow, LinkBy, Stanza, StanzaName } from './wire.ts'

export type Aliases = {
  /** The address of the person with these names, of whom the first is what they write under now. */
  addressOf(office: string, ids: readonly string[]): Promise<string>
  /** These names are one person's, who has not written just now. */
  join(office: string, ids: readonly string[]): Promise<void>
  /** The name they last wrote under, and when; undefined when they never wrote. */
  latest(office: string, address: string): Promise<{ id: string; at: Date } | undefined>
}

export type SessionStatus = 'unlinked' | 'linking' | 'linked' | 'stopped'

/** How a number is doing, as it was written down. */
export type SessionState = {
  status: SessionStatus
  asked: LinkBy | { by: 'unlink' } | undefined
  version: string | undefined
  restrictedUntil: Date | undefined
  changedAt: Date
}

/** Undefined leaves a field as it is, null takes it away. */
export type SessionNote = {
  status?: SessionStatus
  reason?: string | null
  shown?: { is: 'qr' | 'code'; text: string } | null
  /** What was asked for is done: all of it, or a link and nothing else. */
  done?: 'all' | 'link'
  version?: string
  restrictedUntil?: Date | null
}

/** Keys of the account, for as long as one process leads. Rejects when another leads by now. */
export type Keys = {
  load(type: string, ids: readonly string[]): Promise<(string | null)[]>
  /** All or nothing. Gives the ids under which what is new of `heard` was written down. */
  save(rows: readonly KeyRow[], heard: readonly Stanza[]): Promise<(number | undefined)[]>
  /** Whether this message was written down before. */
  knows(name: StanzaName): Promise<boolean>
}

/** What is kept of an office's linked number. */
export type Sessions = {
  of(office: string): Promise<SessionState | undefined>
  note(office: string, news: SessionNote): Promise<void>
  /** Forgets the account. */
  wipe(office: string): Promise<void>
  keys(office: string, epoch: number): Promise<Keys>
  /** Whether nobody leads after this epoch. Also how we notice that the records are away. */
  leads(office: string, epoch: number): Promise<boolean>
  /** What was written down and not taken in, in order; `after` an id, some hundred at a time. */
  heard(office: string, after: number): Promise<{ id: number; stanza: Stanza }[]>
  taken(id: number): Promise<void>
  /** Counts one more message said first today; false when the office has said as many as it may. */
  mayBegin(office: string, most: number): Promise<boolean>
  /** Forgets what is not needed any more. */
  tidy(): Promise<void>
}

/** What we sent, for phones that ask again. */
export type SentMessages = {
  keep(office: string, id: string, content: string): Promise<void>
  of(office: string, id: string): Promise<{ content: string; at: Date } | undefined>
  delivered(office: string, ids: readonly string[]): Promise<void>
}

/** How long things take, in milliseconds. */
export type Times = {
  /** Between two beats of either side, and how long the other side may be silent before it is taken for frozen. */
  beat: number
  silent: number
  /** A worker that was told to close is killed after this. */
  close: number
  /** Until a worker that was started beats: it loads the library first. */
  start: number
  /** Between two looks whether somebody asked for a link. */
  asked: number
  /** Between two looks at the records while the number is open, and how long they may take before they count as away. */
  look: number
  away: number
  /** WhatsApp's answer to a message of ours. */
  ack: number
  /** The first and the longest pause after a failure, and the one after what only a new version mends. */
  firstPause: number
  longestPause: number
  slow: number
  /** Nothing of WhatsApp's own for so long: it is asked; twice as long: the worker is started anew. */
  quiet: number
  download: number
  /** Until a new group is told what to do, and until it is left. */
  explain: number
  leave: number
}

/** How the worker's process is started; for tests. */
export type WorkerPlace = {
  /** Where WhatsApp is, when it is not where it is. */
  socketUrl?: string
  execArgv?: readonly string[]
  env?: Record<string, string>
}

export type WhatsappOptions = {
  /** The offices that have a linked number. */
  offices: readonly string[]
  groups: Groups
  staff: Staff
  threads: Threads
  files: Files
  /** How many files a citizen may send a day; without it nobody counts. */
  quota?: FileQuota | undefined
  leader: Leader
  aliases: Aliases
  sessions: Sessions
  sent: SentMessages
  /** What the message of this key is called on WhatsApp. */
  idOf(key: string): Promise<string>
  /** Tells all desks of an office; once for a `key`. */
  tellDesks: (office: string, key: string, text: string) => Promise<void>
  /** Messages an office may say first in a day, announcements and chats it begins; 0 means replies only. */
  firstPerDay: (office: string) => number
  /** Whether an error means that the database cannot be reached. */
  away: (error: unknown) => boolean
  log: Log
  counters: Pick<Counters, 'add'>
  /** Scheme and host of WhatsApp's media, without a slash at the end. */
  mediaRoot?: string
  worker?: WorkerPlace
  times?: Partial<Times>
  now?: () => Date
  /** 0 to 1; spreads pauses. */
  chance?: () => number
}
