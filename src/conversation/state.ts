/** What the engine remembers, takes in and wants: all of it JSON. */

/** What an action gave back. A nested record is a list of options: name → label. */
export type Result = Record<string, string | Record<string, string>>

/** Where a citizen stands in one flow. */
export type Standing = {
  flow: string
  version: string
  step: string
  waiting: 'reply' | 'action' | 'staff'
  /** By step name, in the order they were first given. */
  answers: Record<string, string>
  /** Results of actions by the name in `keep`. */
  kept?: Record<string, Result>
  /** Steps answered before the walk came to them (an opening word, a first photo): not asked, when it comes. */
  given?: string[]
  /** After *kembali* or a change: steps whose answers wait to be reached again. Not asked twice, not used before. */
  ahead?: string[]
  /** Files sent meanwhile that were not kept, as there were too many that day. */
  unkept?: number
  /** The walk that goes on when this one, which only tells something, has ended. It has none behind it itself. */
  behind?: Standing
}

/** The ticket that staff last wrote about, so that "belum selesai" has something to mean. */
export type Focus = { ticket: string; kind: 'answered' | 'asked' | 'told' }

/** A privacy notice somebody saw: how it names its version, and the day, local. */
export type Seen = { version: string; on: string }

export type State = {
  /** Rises by one with every event taken; part of each message's key. */
  turn: number
  language: string
  /** Replies in a row that fitted nothing; absent when the last one fitted. */
  misses?: number
  /** The flow being walked; absent while nothing is open. */
  at?: Standing
  /** A draft put aside while another flow is open. */
  parked?: Standing
  /** A flow the citizen wants to open, while we ask what to do with the draft. */
  wanted?: { flow: string; given: Record<string, string> }
  /** A question of the house itself that stands before the step's own. */
  asking?: 'change' | 'person' | 'keep' | 'resume'
  /** Set while a citizen's question is with an action; what is open is put again after its answer. */
  aside?: true
  focus?: Focus
  /** The last question an article answered, and in which turn, so that "tidak membantu" has something to mean. */
  answered?: { text: string; article: string; turn: number }
  /** The turn that last put a question with options: older buttons are expired. */
  asked?: number
  /** The emergency numbers were shown in this walk already. */
  warned?: true
  /** The citizen was reminded of the open draft, and has been silent since. */
  quiet?: true
  /** A person of the office came to talk; everything open waits, untouched, until they have done. */
  talk?: true
  /** They come once the report that is being written is out of hand: its words are not for them. */
  joins?: true
  /** The versions of the privacy notice this citizen saw, the newest last. */
  notices?: Seen[]
  /** What this citizen writes does not reach staff before `until`, local time with offset; `shown` and `reason` as told. */
  block?: { until: string; shown: string; reason: string }
  /** The minute in which they were last told that a file was not kept. */
  unkeptTold?: string
  /** How many messages came in the minute they last came in. `warned`: emergency numbers were shown though it was too many. */
  minute?: { of: string; count: number; warned?: true }
}

export type FileRef = { id: string; name: string; mime: string }

/** Everything that can happen to a conversation. `at` is local time with offset, and the only clock. */
export type Event =
  | {
      type: 'replied'
      kind: 'text' | 'photo' | 'document' | 'voice' | 'location' | 'contact' | 'other'
      text: string
      choice?: string
      file?: FileRef
      location?: { latitude: number; longitude: number }
      /** A file came with it that was not kept: there were too many that day. */
      unkept?: true
      /** What the link carried by which they came. */
      start?: string
      /** It takes the place of something said before. */
      edited?: true
      at: string
    }
  | { type: 'action_finished'; result: Result; at: string }
  | { type: 'action_failed'; reason: string; at: string }
  | { type: 'silence'; at: string }
  /** `origin` names the message of staff it came of, so that a correction finds what was said here. */
  | {
      type: 'staff_wrote'
      ticket: string
      kind: Focus['kind']
      text: string
      file?: string
      origin?: string
      at: string
    }
  | { type: 'staff_corrected'; ticket: string; kind: Focus['kind']; text: string; origin: string; at: string }
  /** Something of the house's own that answers nothing and changes nothing here. */
  | { type: 'notified'; text: string; at: string }
  /** The house offers a flow of its own accord; `otherwise` is said where something else is open. */
  | { type: 'invited'; flow: string; otherwise: string; at: string }
  | { type: 'staff_joined'; at: string }
  | { type: 'staff_released'; at: string }
  /** Who was called will not answer at once; `when` they will, in the citizen's words, or '' where nobody knows. */
  | { type: 'staff_away'; why: 'closed' | 'nobody' | 'unanswered'; when: string; at: string }
  | { type: 'staff_blocked'; until: string; shown: string; reason: string; at: string }
  | { type: 'staff_unblocked'; at: string }

/** One thing a citizen may press: `id` is opaque to channels, `label` is what is shown. */
export type Option = { id: string; label: string }

/** Everything the engine can want. */
export type Effect =
  /** `edits`: takes the place of what was said of that origin, where a channel can change what was sent. */
  | {
      type: 'send'
      text: string
      options?: Option[]
      /** What is best sent in answer. */
      wants?: 'location'
      from?: 'staff'
      file?: string
      origin?: string
      edits?: string
      /** The ticket it is about, so that its desk can be told when it does not arrive. */
      title?: string
    }
  | { type: 'perform'; action: string; with: Record<string, string> }
  | { type: 'hand_over'; desk: string; note: string; with: Record<string, string> }
  /** The talk with a person is over, and not because they said so. */
  | { type: 'hand_back'; how: 'cancelled' | 'silent' }
  /** A file came where none is welcome: `file:<id>:<name>`. */
  | { type: 'forget_file'; file: string }
  /** A file was not kept, and nothing is being written: their open report notes it, the one named or else the newest. */
  | { type: 'note_unkept'; ticket: string }
  | { type: 'close'; flow: string; how: 'ended' | 'cancelled' | 'silent' }

export type Turn = { state: State; effects: Effect[] }

/** Whether a person talks here: called by the citizen through a flow, or come by themselves. */
export function isTalk(state: State): boolean {
  return state.talk !== undefined || state.at?.waiting === 'staff'
}

/** Where every conversation begins: nothing open, nothing asked. */
export function restingState(language: string): State {
  return { turn: 0, language }
}
