import type { Counters } from '../../lib/counters.ts'
import type { Log } from '../../lib/log.ts'
import type { FileQuota, Files, LongOptions } from '../ports.ts'

/** One office's number on Meta's Cloud API, as the environment says. */
export type CloudNumber = {
  office: string
  /** A system user's token with the right to send. */
  token: string
  /** Meta's id of the number, not the number itself. */
  phone: string
  /** The app's secret, which signs what Meta posts. */
  secret: string
  /** What Meta must say when the webhook is set. */
  verify: string
}

/** Who is who: the names people write under, and the address of their conversation, which never changes. */
export type Aliases = {
  /**
   * The address of the person who has these names, of which the first is what they write under now. Of somebody new it is that
   * first one. Names that are new are noted.
   */
  addressOf(office: string, names: readonly string[]): Promise<string>
  /** The name they wrote under last; undefined when nobody of that address has written. */
  latest(office: string, address: string): Promise<{ id: string } | undefined>
}

/** What only a person can mend. `code` is Meta's. */
export type Trouble = { office: string; kind: 'token' | 'account' | 'template'; code: number }

/** How long things take, in milliseconds. */
export type Times = {
  /** A whole send; inside what the outbox waits for one. */
  send: number
  /** A call nothing waits for. */
  call: number
  upload: number
  download: number
}

export type CloudOptions = {
  numbers: readonly CloudNumber[]
  /** Scheme and host of the Graph API, without a slash at the end. */
  apiRoot: string
  files: Files
  /** How many files a citizen may send a day; without it nobody counts. */
  quota?: FileQuota | undefined
  aliases: Aliases
  longOptions: LongOptions
  /** When somebody last wrote from an address; undefined where that is not known. */
  lastHeard(office: string, address: string): Promise<Date | undefined>
  /** Tells staff of something only a person can mend. Called once for each kind and code until a send succeeds. */
  tellStaff?(trouble: Trouble): Promise<void>
  /** Whether an error means that the database cannot be reached. */
  away: (error: unknown) => boolean
  log: Log
  counters: Pick<Counters, 'add'>
  times?: Partial<Times>
  now?: () => Date
}
