import type { PoolClient } from 'pg'
import type { ChannelName } from '../channels/channel.ts'
import type { Flow } from '../conversation/flow.ts'
import type { Result } from '../conversation/state.ts'
import type { Knowledge } from '../knowledge/books.ts'
import type { House } from '../offices/house.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Vacancies } from '../vacancies/books.ts'

/** What one conversation lets another know. It waits in the inbox and is taken as a turn of its own. */
export type Tell = {
  /** Unique for ever, as an outbox key is: the same telling twice is a repeat. */
  key: string
  office: string
  to: { conversationId: string } | { desk: string }
  said: Record<string, unknown> & { type: string }
  at: Date
  /** Not before: anonymous reports reach the desk 5 to 30 minutes late, so that nobody matches times. */
  delayMs?: number
}

/** One wish of one conversation. `key` is that of the effect: conversation/turn/n. */
export type Request = {
  key: string
  office: string
  conversation: {
    id: string
    channel: ChannelName
    language: string
    party: 'citizen' | 'desk'
    desk: string | null
  }
  with: Record<string, string>
  at: Date
  /** What asked for it, as its hash in the inbox. */
  message?: Buffer
  /** Who asks, when they are signed in to the pages of staff; never set by what anybody wrote in a chat. */
  signedIn?: string
}

/**
 * What came of it. `wipe`: nothing that was said here may stay, an anonymous report was filed. `unsaid`: nor may this turn, it answered a
 * survey. `stop`: we do not speak first
 * here any more. `later`: the result comes as an event of its own, from outside of any turn; until then the conversation waits.
 */
export type Outcome = { tells?: Tell[]; wipe?: true; unsaid?: true; stop?: true; later?: true } & (
  | { result: Result }
  | { failed: string }
)

/** A channel as whoever writes to many has to know it. */
export type Shown = {
  name: ChannelName
  /** A text as it is handed to the platform, in as many messages as it takes. */
  parts(text: string, language: string): string[]
  /** Messages a second. */
  perSecond: number
  /** A day after somebody last wrote nothing but a template is taken there. */
  window: boolean
}

/** What actions may use. Everything they write is in the turn's own transaction. */
export type Room = {
  client: PoolClient
  sealing: Sealing
  pinKey: Buffer
  knowledge: Knowledge
  vacancies: Vacancies
  /** A language model is configured: without one nothing is ever noted for it. */
  hasModel?: true
  /** Where the pages of staff are, for links that leave by a chat; undefined where nobody serves them. */
  pagesAt?: string
  houseOf(office: string): House
  /** Takes up versions of flows that another process began a walk with; where it is missing, a walk with them ends. */
  learn?: (flows: Flow[]) => void
  /** Nobody but those on the list of staff is told anything first. */
  isTrial?: true
  /** The channels that are on; without it nobody writes to many from here. */
  shown?: readonly Shown[]
}

/** Does all requests of one kind at once, in their order, in as few round trips as it can. */
export type Action = (room: Room, requests: Request[]) => Promise<Outcome[]>
