import type { ChannelName } from '../channels/channel.ts'
import type { Claimed } from './claim.ts'
import type { Lane } from './lanes.ts'

/** Whether a message may be written as already being sent, by the process that writes it. */
export const LEAVE = {
  /** It waits to be claimed. */
  none: 0,
  /** If nothing else of its chat is on its way. */
  ifFree: 1,
  /** If what is on its way there is in our own hands: it goes behind it. */
  ifOurs: 2,
} as const
export type Leave = (typeof LEAVE)[keyof typeof LEAVE]

/** What was written as waiting: its chat, and how urgent it is. */
export type Left = { conversationId: string; urgency: number }

/**
 * What a batch of turns says, from before it is written until it is committed. Said and sent by one process, a message is
 * written once and marked once; claiming it from the records first would be a third write and another commit.
 */
export type Offer = {
  /** Until when what is handed over may be begun, by `performance.now`. */
  readonly until: number
  may(conversationId: string, lane: Lane, urgency: number): Leave
  /** Whether a channel's messages may be held until somebody writes: then they are let go when somebody has. */
  holds(channel: ChannelName): boolean
  /** It is committed: `ours` were written as being sent by us, in order; in the chats of `left` something waits. */
  take(ours: Claimed[], left: readonly Left[]): void
  /** It came to nothing. `uncertain` when the answer to the commit was lost: then nobody knows. */
  drop(uncertain: boolean): void
}

/** Where turns hand over what they say. */
export type Handover = { offer(): Offer }
