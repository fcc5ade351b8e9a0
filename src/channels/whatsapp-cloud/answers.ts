import { SendError, type SendFailure } from '../channel.ts'
import type { Trouble } from './ports.ts'

/** What an answer of Meta's means for us. */
export type Meaning =
  | Exclude<SendFailure, 'not_yet'>
  /** Too many to this one person: the wait grows with each such answer. */
  | 'pair'
  /** Our token is no good, or may not do this. */
  | 'token'
  /** The account or the number is held. */
  | 'account'
  /** A template is missing, paused or used wrongly. */
  | 'template'
  /** Something about a file. */
  | 'media'

type Known = [meaning: Meaning, waitMs?: number]

const MINUTE_MS = 60_000
/** Where Meta names no time: its rates are counted by the second. */
const THROTTLED_MS = 5_000

/** Meta's error codes, as its reference lists them; what is said beside them is not to be relied on. */
const CODES: ReadonlyMap<number, Known> = new Map<number, Known>([
  [0, ['token']],
  [3, ['token']],
  [10, ['token']],
  [190, ['token']],
  [131005, ['token']],
  // The app's and the account's calls are counted by the hour, the number's messages by the second.
  [4, ['throttled', MINUTE_MS]],
  [80007, ['throttled', MINUTE_MS]],
  [130429, ['throttled', THROTTLED_MS]],
  [131056, ['pair']],
  // The day's new people, and too many who called us spam.
  [131064, ['throttled', 60 * MINUTE_MS]],
  [131048, ['throttled', 10 * MINUTE_MS]],
  // The number is being moved or upgraded, for minutes.
  [131057, ['throttled', MINUTE_MS]],
  [33, ['account', MINUTE_MS]],
  [368, ['account', MINUTE_MS]],
  [131031, ['account', MINUTE_MS]],
  [131037, ['account', MINUTE_MS]],
  [131042, ['account', MINUTE_MS]],
  [131045, ['account', MINUTE_MS]],
  [133010, ['account', MINUTE_MS]],
  [131047, ['window']],
  // Not on WhatsApp, has blocked us, or never agreed to its terms: Meta does not say which.
  [131026, ['blocked']],
  [130472, ['refused']],
  [130497, ['refused']],
  [131021, ['refused']],
  [131030, ['refused']],
  [131049, ['refused']],
  [131050, ['refused']],
  [131062, ['refused']],
  [131063, ['refused']],
  [137000, ['refused']],
  [100, ['refused']],
  [131008, ['refused']],
  [131009, ['refused']],
  [131051, ['refused']],
  [135000, ['refused']],
  [131052, ['media']],
  [131053, ['media']],
  [132000, ['template']],
  [132001, ['template']],
  [132005, ['template']],
  [132007, ['template']],
  [132008, ['template']],
  [132012, ['template']],
  [132015, ['template']],
  [132016, ['template']],
  [132018, ['template']],
  [132068, ['template']],
  [132069, ['template']],
  [1, ['unreachable']],
  [2, ['unreachable']],
  [131000, ['unreachable']],
  [131016, ['unreachable']],
])

export type Reading = { meaning: Meaning; code: number; waitMs?: number }

/** What a body says of an error: `subcode` only where Meta still gives one, `isPassing` where it expects it to be over soon. */
export type Said = { code?: number | undefined; subcode?: number | undefined; isPassing?: boolean }

/** Reads an answer that is no success: by its code, and where nobody knows that, by its status. */
export function readAnswer(status: number, { code, subcode, isPassing = false }: Said): Reading {
  // A parameter that is wrong concerns one message; a number that does not exist, or is not ours, concerns them all.
  if (code === 100 && subcode === 33) return { meaning: 'account', code, waitMs: MINUTE_MS }
  const known = code === undefined ? undefined : CODES.get(code)
  if (known !== undefined && code !== undefined) {
    const [meaning, waitMs] = known
    return { meaning, code, ...(waitMs === undefined ? {} : { waitMs }) }
  }
  return { meaning: meaningOfStatus(status, code, isPassing), code: code ?? 0 }
}

function meaningOfStatus(status: number, code: number | undefined, isPassing: boolean): Meaning {
  if (code !== undefined && code >= 200 && code < 300) return 'token'
  if (status === 401 || status === 403) return 'token'
  if (status === 429) return 'throttled'
  if (isPassing || (status >= 300 && status < 400) || status === 408) return 'unreachable'
  if (status < 500) return 'refused'
  // In Meta's own words it did not take it. In anybody else's, a gateway's, nobody knows what became of it behind.
  return code === undefined ? 'unknown' : 'unreachable'
}

const FAILURES: Record<Meaning, SendFailure> = {
  throttled: 'throttled',
  unreachable: 'unreachable',
  blocked: 'blocked',
  refused: 'refused',
  unknown: 'unknown',
  window: 'window',
  pair: 'throttled',
  token: 'unreachable',
  account: 'throttled',
  template: 'refused',
  media: 'refused',
}

/** Why a message failed, from the code a status brings. */
export function failureOf(code: number | undefined): SendFailure {
  return FAILURES[readAnswer(400, { code }).meaning]
}

/** The error the outbox decides by. */
export function sendError({ meaning, code, waitMs }: Reading): SendError {
  const failure = FAILURES[meaning]
  return new SendError(
    failure,
    `Meta did not take a message: ${meaning}, code ${code}.`,
    // Where it may have taken it nevertheless, that is 'unknown' here.
    failure === 'throttled' ? { retryAfterMs: waitMs ?? THROTTLED_MS } : { surely: true },
  )
}

/** A call Meta did not take, read. What it said in words goes no further: it may quote the citizen's number. */
export class NotTaken extends Error {
  override name = 'NotTaken' as const
  readonly reading: Reading

  constructor(reading: Reading) {
    super(`Meta did not take a call: ${reading.meaning}, code ${reading.code}.`)
    this.reading = reading
  }
}

export function meaningOf(error: unknown): Meaning | undefined {
  return error instanceof NotTaken ? error.reading.meaning : undefined
}

/** Whether the same call may succeed later. */
export function isPassing(meaning: Meaning): boolean {
  const failure = FAILURES[meaning]
  return failure === 'throttled' || failure === 'unreachable' || failure === 'unknown'
}

/** What of it only a person can mend. */
export function troubleIn({ meaning }: Reading): Trouble['kind'] | undefined {
  return meaning === 'token' || meaning === 'account' || meaning === 'template' ? meaning : undefined
}
