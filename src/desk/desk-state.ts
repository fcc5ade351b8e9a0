/** What a desk's group remembers, hears and wants. JSON, like a citizen's conversation; decided purely, like it. */

/** A staff member was asked to type something: the next plain text of theirs belongs to this. */
export type Prompt = { verb: string; ticket: string; at: string }

export type DeskState = {
  turn: number
  /** By staff name. */
  prompts: Record<string, Prompt>
}

export type DeskEvent =
  | { type: 'staff_said'; staff: string; text: string; choice?: string; at: string }
  /** Something happened to a ticket of this desk; what is shown of it is asked for, not told. */
  | { type: 'ticket_told'; what: TicketNews; ticketId: string; text?: string; file?: string; at: string }
  | { type: 'quarantined'; row: number; at: string }
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
      file?: string
    }
  | { type: 'perform'; action: string; with: Record<string, string> }

export function restingDesk(): DeskState {
  return { turn: 0, prompts: {} }
}
