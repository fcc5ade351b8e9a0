import type { Counters } from '../../lib/counters.ts'
import type { Log } from '../../lib/log.ts'
import type { FileQuota, Files, Groups, Leader, LongOptions, Staff, Threads } from '../ports.ts'

/** How one office's bot is reached by Telegram, as the environment says. */
export type BotAccount = { office: string; token: string } & (
  | { by: 'poll' }
  | { by: 'webhook'; secret: string }
)

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
  /** How many files a citizen may send a day; without it nobody counts. */
  quota?: FileQuota | undefined
  longOptions: LongOptions
  leader: Leader
  offsets: Offsets
  /** Told how asking for updates went: without a reason it went well. Never waited for. */
  found?(office: string, reason?: 'unreachable' | 'token' | 'conflict'): void
  /** Whether an error means that the database cannot be reached. */
  away: (error: unknown) => boolean
  log: Log
  counters: Pick<Counters, 'add'>
  times?: Partial<Times>
  now?: () => Date
  /** 0 to 1; spreads pauses. */
  chance?: () => number
}
