import { GrammyError } from 'grammy'
import { SendError, type SendFailure } from '../channel.ts'

/** What an answer of Telegram's means for us: a failure the outbox knows, or a state this channel settles by itself. */
export type Meaning =
  | Exclude<SendFailure, 'unknown' | 'window' | 'not_yet'>
  /** It is there already, as it should be. */
  | 'done'
  | 'moved'
  | 'token'
  | 'conflict'
  | 'thread_gone'
  | 'thread_closed'
  | 'no_topics'
  | 'not_editable'
  | 'no_text'
  | 'bad_photo'
  | 'file_too_big'

/** The errors we know, by code and what is said; the first that fits counts. */
const ANSWERS: readonly [code: number, says: RegExp, meaning: Meaning][] = [
  [400, /message is not modified/i, 'done'],
  [400, /message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i, 'thread_gone'],
  [400, /TOPIC_CLOSED/i, 'thread_closed'],
  [400, /TOPIC_NOT_MODIFIED/i, 'done'],
  [400, /chat is not a forum|CHANNEL_FORUM_MISSING|not enough rights to (create|manage)/i, 'no_topics'],
  [400, /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i, 'not_editable'],
  [400, /there is no text in the message to edit/i, 'no_text'],
  [400, /PHOTO_\w+|IMAGE_PROCESS_FAILED|wrong file type/i, 'bad_photo'],
  [400, /file is too big/i, 'file_too_big'],
  [400, /upgraded to a supergroup/i, 'moved'],
  [400, /PEER_ID_INVALID|USER_IS_BLOCKED|have no rights to send|not enough rights to send/i, 'blocked'],
  [403, /./, 'blocked'],
  [401, /./, 'token'],
  // What a token of the wrong form, and one of a bot that is gone, are answered with.
  [404, /./, 'token'],
  [409, /./, 'conflict'],
  [413, /./, 'refused'],
  [429, /./, 'throttled'],
  [400, /./, 'refused'],
]

/** `surely`: nobody who could have taken the message was reached. */
export type Reading = { meaning: Meaning; retryAfterMs?: number; movedTo?: string; surely?: true }

/** What Node says when no connection came about. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Reads whatever a call threw. Nobody answered, or not in Telegram's words: unreachable. */
export function readAnswer(error: unknown): Reading {
  if (!(error instanceof GrammyError)) {
    return { meaning: 'unreachable', ...(hadNoConnection(error) ? { surely: true } : {}) }
  }
  const { error_code: code, parameters } = error
  // What this stands in decides, whatever is said beside it.
  if (parameters.migrate_to_chat_id !== undefined) {
    return { meaning: 'moved', movedTo: String(parameters.migrate_to_chat_id) }
  }
  const says = error.description || ' '
  const meaning = ANSWERS.find(([known, words]) => known === code && words.test(says))?.[2]
  const seconds = parameters.retry_after
  return {
    meaning: meaning ?? 'unreachable',
    ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }),
  }
}

/** grammY wraps what the connection said; several addresses tried in vain are an error of errors. */
function hadNoConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string') return NO_CONNECTION.has(error.code)
  if (error instanceof AggregateError) return error.errors.every(hadNoConnection)
  return 'error' in error && hadNoConnection(error.error)
}

/** Milliseconds until a message to a group that moved is tried again: somebody must confirm the move first. */
const MOVED_MS = 60_000
/** Where Telegram names no time. */
const THROTTLED_MS = 5_000

const FAILURES: Record<Meaning, SendFailure> = {
  throttled: 'throttled',
  unreachable: 'unreachable',
  blocked: 'blocked',
  refused: 'refused',
  done: 'refused',
  moved: 'throttled',
  token: 'unreachable',
  conflict: 'unreachable',
  thread_gone: 'unreachable',
  thread_closed: 'unreachable',
  no_topics: 'refused',
  not_editable: 'refused',
  no_text: 'refused',
  bad_photo: 'refused',
  file_too_big: 'refused',
}

/** The error the outbox decides by. What Telegram answered in words of its own it did not take. */
export function sendError({ meaning, retryAfterMs, surely }: Reading): SendError {
  const failure = FAILURES[meaning]
  const wait = retryAfterMs ?? (meaning === 'moved' ? MOVED_MS : THROTTLED_MS)
  return new SendError(failure, `Telegram did not take a message: ${meaning}.`, {
    ...(failure === 'throttled' ? { retryAfterMs: wait } : {}),
    ...(surely === true || meaning !== 'unreachable' ? { surely: true } : {}),
  })
}

/** A call Telegram did not take, read. The original error goes no further: its fields hold the token and what was said. */
export class NotTaken extends Error {
  override name = 'NotTaken' as const
  readonly reading: Reading

  constructor(reading: Reading) {
    super(`Telegram did not take a call: ${reading.meaning}.`)
    this.reading = reading
  }
}

/** What a thrown error says Telegram meant; undefined when it did not come from a call. */
export function meaningOf(error: unknown): Meaning | undefined {
  return error instanceof NotTaken ? error.reading.meaning : undefined
}

/** Whether the same call may succeed later. */
export function isPassing(meaning: Meaning): boolean {
  return FAILURES[meaning] === 'throttled' || FAILURES[meaning] === 'unreachable'
}
