import type { Close } from './after-close.ts'

/** What the server process and the worker that holds an office's socket say to each other. */

/** One key of the account as the library writes it; null: forget it. */
export type KeyRow = { type: string; id: string; value: string | null }

/** What a message is known by. */
export type StanzaName = Pick<Stanza, 'chat' | 'participant' | 'id' | 'edit'>

/**
 * One message as it came, decrypted. Ids are WhatsApp's own (JIDs) without a device; the `Alt` ones are the other name of the same
 * person, where it is known. `message` is what the library decoded, as JSON: to be trusted in nothing.
 */
export type Stanza = {
  chat: string
  chatAlt?: string
  participant?: string
  participantAlt?: string
  id: string
  /** Seconds since 1970, as the server says. */
  at: number
  /** What they call themselves. */
  called: string
  /** Set when it is no message of its own but changes one. */
  edit?: string
  message: unknown
}

export type LinkBy = { by: 'qr' } | { by: 'code'; phone: string }

export type FileOut = { mime: string; bytes: Uint8Array; name: string }

/** The message a file came with, by which its sender's phone finds it; `key` is the file's own, in base64. */
export type FileFrom = { chat: string; participant?: string; id: string; key: string }

/** One message to be sent under an id of ours; sent again under the same id it is the same message. */
export type SendOrder = {
  to: string
  id: string
  text: string
  file?: FileOut
  /** The id of a message of ours whose place it takes. */
  edits?: string
  /** A message of ours it answers, and what is shown of that one. */
  quotes?: { id: string; text: string }
}

/** 'accepted' by WhatsApp's server; 'refused' with its code; 'unknown' when no answer came in time. */
export type SendAnswer = { is: 'accepted' } | { is: 'refused'; code: number } | { is: 'unknown' }

/** What the worker asks of the server. */
export type WorkerAsks = {
  load: { given: { type: string; ids: string[] }; answer: (string | null)[] }
  /** Answered once it is durably written, all of it. */
  save: { given: { rows: KeyRow[]; heard: Stanza[] }; answer: null }
  /** Whether this message was written down before. */
  knows: { given: StanzaName; answer: boolean }
  /** What was sent under this id, in base64. */
  sent: { given: { id: string }; answer: string | null }
  keep: { given: { id: string; content: string }; answer: null }
}

/** What the server asks of the worker. */
export type ServerAsks = {
  /** Opens the socket; answered at once, what comes of it are notes. */
  open: { given: OpenOrder; answer: null }
  send: { given: SendOrder; answer: SendAnswer }
  /** Asks the phone that sent a file to bring it to the media servers again; gives its new path there, null when it has it no more. */
  bringAgain: { given: FileFrom; answer: string | null }
  /** Shows that we heard. */
  typing: { given: { to: string }; answer: null }
  leave: { given: { group: string }; answer: null }
  /** Whether WhatsApp answers a question of ours. */
  probe: { given: null; answer: boolean }
  /** The version of WhatsApp Web that is current; null when it could not be had. */
  newestVersion: { given: null; answer: number[] | null }
  /** Takes this device off the account. */
  logOut: { given: null; answer: null }
}

export type OpenOrder = {
  /** The account's credentials; null: to be made and linked. */
  creds: string | null
  link: LinkBy | null
  version: number[] | null
  /** Where WhatsApp is, when it is not where it is. */
  socketUrl: string | null
  ackMs: number
}

/** What the worker tells unasked. */
export type Note =
  | { is: 'shown'; shown: { is: 'qr' | 'code'; text: string } }
  | { is: 'open' }
  | ({ is: 'closed' } & Close)
  | { is: 'status'; ids: string[]; state: 'delivered' | 'read' }
  | { is: 'alias'; ids: string[] }
  | { is: 'joined'; group: string }
  | { is: 'removed'; group: string }
  | { is: 'newcomers'; group: string; id: string }
  /** WhatsApp lets us begin no chats until then (milliseconds since 1970); null: it does again. */
  | { is: 'restricted'; until: number | null }
  /** The worker cannot go on. */
  | { is: 'fault'; fault: string; at: string }

type Ask = { is: 'ask'; n: number; what: string; given: unknown }
type Answer = { is: 'answer'; n: number; value: unknown; failed: boolean }
/** The worker's; answered with the same number. `quietMs`: since WhatsApp last gave us anything of its own. */
type Beat = { is: 'beat'; n: number; quietMs: number }
export type Frame = Ask | Answer | Beat | { is: 'note'; note: Note } | { is: 'close' }
