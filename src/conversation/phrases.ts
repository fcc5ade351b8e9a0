/** Sentences the engine needs from `flows/house.yaml`, and when each is said. A book without one is refused. */
export const PHRASES = {
  greet_morning: 'fills {{greeting}} to 10.59',
  greet_day: 'from 11.00 to 14.59',
  greet_afternoon: 'from 15.00 to 17.59',
  greet_evening: 'from 18.00',
  not_understood: 'the reply fits nothing, and neither the step nor the house has a better word',
  expired: 'a button of an older question was pressed',
  cancelled: 'what was open was dropped because the citizen said so',
  nothing_to_cancel: 'cancel, while nothing is open',
  earlier: 'back, at the first question',
  cannot_skip: 'skip, at a question that needs an answer',
  help: 'the word help',
  thanks: 'the citizen says thanks',
  none: 'stands for a skipped answer',
  offer_person: 'three misses in a row',
  offer_person_yes: 'its options',
  offer_person_no: 'its options',
  keep_draft: 'another flow ({{wanted}}) is asked for while {{draft}} is open',
  keep_draft_keep: 'its options',
  keep_draft_drop: 'its options',
  keep_draft_go_on: 'its options',
  resume_draft: 'a flow has ended and {{draft}} is put aside',
  resume_draft_yes: 'its options',
  resume_draft_no: 'its options',
  review_send: 'the options of a review',
  review_change: 'the options of a review',
  change_which: 'which answer shall be changed',
  file_kept: 'a file came early and is kept for its question',
  file_not_here: 'a file came where none can be used',
  please_answer: 'below a question of staff',
  solved_option: 'the options below an answer of staff',
  unsolved_option: 'the options below an answer of staff',
  bot_back: 'staff have released the conversation, or the citizen left it',
  silent: 'an open draft and a long silence, or the citizen says "later"',
  flow_gone: 'the flow that was walked does not exist any more',
  sorry_failed: 'a question could not be passed on',
} as const

/** Better words for one case each; a house without one says what stands behind it instead ('' is nothing). */
export const FINER_PHRASES = {
  /** Before a question that is put again; {{earlier}} is the answer it has. */
  earlier_answer: '',
  /** A question in the middle of an anonymous draft, which is not passed on. */
  question_kept_back: 'not_understood',
  /** As file_kept and file_not_here, of a position. */
  place_kept: 'file_kept',
  place_not_here: 'file_not_here',
  /** How a position is shown; {{position}} is latitude and longitude. */
  place_shown: '',
  /** In the review of an anonymous draft, instead of a document's name: documents are not kept there. */
  file_dropped: 'none',
  /** How the privacy notice names its version; a message that holds these words has shown the notice. */
  notice_version: '',
  /** To whoever saw an earlier version, once; {{version}} is today's. */
  notice_changed: '',
  /** Told with every message about a selection of staff; {{recruitment_notice}} elsewhere. */
  recruitment_notice: '',
  /** A file sent where a selection of staff is told of: it is not kept. */
  documents_refused: 'file_not_here',
  /** A file that was neither fetched nor kept, as there were too many that day; what was written stays. */
  file_over_quota: 'file_not_here',
  /** A voice message, a contact, a sticker. */
  only_text: 'not_understood',
  /** Staff begin to talk by themselves; a talk is over and what stood open is put again; the same after a long silence. */
  talk_begun: '',
  /** As talk_begun, to who has called them. */
  talk_joined: 'talk_begun',
  /** As talk_begun, while a report is written that is not for them: they come when it is sent or dropped. */
  talk_waits: '',
  talk_over: 'bot_back',
  talk_silent: 'bot_back',
  /** A button of a question that waits until the talk is over. */
  talk_first: '',
  /** A person was asked for: outside working hours, while nobody is at the desk, and after waiting in vain. {{when}} is when. */
  away_closed: '',
  away_nobody: '',
  away_unanswered: '',
  /** Staff do not want to hear from this citizen until {{until}}, because of {{reason}}; and when that has ended early. */
  blocked: '',
  unblocked: '',
  /** Below the answer of an article; without it nothing can be pressed there. */
  unhelpful_option: '',
  /** Too many messages in one minute; the rest of it is not heard. */
  flooded: '',
  /** An older message was changed, and nobody reads it again. */
  edit_unheard: '',
  /** A reply while an action is still at work. */
  please_wait: '',
  /** As keep_draft, while {{parked}} is put aside already and would be dropped. */
  replace_draft: 'keep_draft',
  too_short: 'not_understood',
  too_long: 'not_understood',
  too_low: 'not_understood',
  too_high: 'not_understood',
  not_a_number: 'not_understood',
  not_a_date: 'not_understood',
  not_a_phone: 'not_understood',
  want_photo: 'not_understood',
  want_document: 'not_understood',
  want_location: 'not_understood',
} as const

export type FinerPhrase = keyof typeof FINER_PHRASES
export type PhraseName = keyof typeof PHRASES | FinerPhrase
