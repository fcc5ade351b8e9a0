/** What a desk's group remembers, hears and wants. JSON, like a citizen's conversation; decided purely, like it. */

/** A staff member was asked to type something: the next plain text of theirs belongs to this. */
export type Prompt = { verb: string; at: string } & Place

/** Which ticket is meant: by its code, else by the message answered or the topic it was said in; '' where there is none. */
export type Place = { ticket: string; replyTo: string; thread: string }

export type DeskState = {
  turn: number
  /** By account, or by name where there are no accounts. */
  prompts: Record<string, Prompt>
}

/**
 * `account`: the person's id on the platform, the only thing that gives a right. `replyTo` and `thread` say what they answered
 * and in which topic, `edits` which message of theirs this one replaces.
 */
export type StaffSaid = {
  type: 'staff_said'
  staff: string
  account?: string
  text: string
  choice?: string
  file?: string
  replyTo?: string
  thread?: string
  /** What this message itself is called at its address. */
  ref?: string
  edits?: string
  at: string
}

export type DeskEvent =
  | StaffSaid
  /** Something happened to a ticket of this desk; what is shown of it is asked for, not told. */
  | { type: 'ticket_told'; what: TicketNews; ticketId: string; text?: string; file?: string; at: string }
  | { type: 'quarantined'; row: number; at: string }
  /** What the clocks have to tell; `ticketId` when it is of one ticket alone. */
  | { type: 'notice'; text: string; ticketId?: string; at: string }
  | { type: 'action_finished'; result: Record<string, string | Record<string, string>>; at: string }
  | { type: 'action_failed'; reason: string; at: string }

export type TicketNews =
  | 'opened'
  | 'added'
  | 'solved'
  | 'unsolved'
  | 'forwarded'
  | 'moved'
  | 'handed_over'
  | 'said'

export type DeskEffect =
  | {
      type: 'send'
      text: string
      options?: { id: string; label: string }[]
      /** The ticket it is about, and what its topic is called where there are topics. */
      about?: string
      title?: string
      /** A line that may stand for a new card among several. */
      brief?: string
      file?: string
    }
  | { type: 'perform'; action: string; with: Record<string, string> }

export function restingDesk(): DeskState {
  return { turn: 0, prompts: {} }
}
