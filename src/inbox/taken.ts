import type { Tell } from '../actions/action.ts'
import type { Option } from '../channels/channel.ts'
import type { Stepped } from '../conversation/stepped.ts'
import type { Claimed } from '../outbox/claim.ts'
import type { Left } from '../outbox/handover.ts'
import type { Arrival, Said } from './arrival.ts'
import type { OpenConversation } from './open-conversation.ts'

/** Something to be said, not yet written. */
export type Saying = {
  key: string
  conversation: OpenConversation
  seq: number
  from: 'bot' | 'staff'
  text: string
  options: Option[]
  /** What is best sent in answer. */
  wants: 'location' | null
  about: string | null
  /** 0 answers somebody, 1 is a notice of ours, 2 an announcement. */
  urgency: 0 | 1 | 2
  /** What a topic about it is called; '' when nobody said. */
  title: string
  /** The line that may stand for it when several leave as one message; '' when it must leave whole. */
  brief: string
  /** The id of a stored file shown with it. */
  file: string | null
  /** The message of staff it came of, and that of the message whose place it takes, as hashes in hex. */
  origin: string | null
  edits: string | null
}

/** One arrival that became a turn: its place in the conversation, and the events its log keeps. */
export type TakenTurn = {
  arrival: Arrival
  conversation: OpenConversation
  turn: number
  /** Its number among what was said there; null for what nobody said aloud. */
  seq: number | null
  events: (Said & { at: string })[]
  /** How it moved a citizen along, for counting. */
  stepped: Stepped[]
  /** The ticket a desk's turn was about. */
  about: string | null
  /** Its words may not stay beside who said them: see `Outcome.unsaid`. */
  unsaid?: true
}

/** Everything a batch wants written, in one statement. */
export type Taken = {
  turns: TakenTurn[]
  sayings: Saying[]
  /** Of the sayings, those that were written as already being sent by us; set when they are written. */
  ours: Claimed[]
  /** Chats in which one of them waits to be claimed. */
  left: Left[]
  tells: Tell[]
  /** Arrivals that must not overtake an earlier one of their address: stored, not taken. */
  waiting: Arrival[]
  repeats: Arrival[]
  /** Told to a conversation that is gone: written off. */
  dropped: Arrival[]
}
