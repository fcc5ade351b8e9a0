import type { SessionNote } from './ports.ts'

/** Why staff must look at the number. */
export type Reason =
  | 'not_scanned'
  | 'unreachable'
  | 'replaced'
  | 'logged_out'
  | 'forbidden'
  | 'not_multi_device'
  | 'outdated'
  | 'unlinked'

/** What to do once the socket is closed. */
export type Move =
  /** At once: WhatsApp asks for it after each linking. */
  | { do: 'reconnect' }
  /** After a pause that grows with every failure in a row. */
  | { do: 'back_off' }
  /** Nothing, until somebody asks for a link. */
  | { do: 'stop'; reason: Reason }
  /** The same, and the keys of the account are worth nothing any more. */
  | { do: 'forget'; reason: Reason }
  /** WhatsApp takes no such old client: ask which version it takes, then try again slowly. */
  | { do: 'fetch_version' }

/** How a socket was closed. `reached`: WhatsApp was; the library says 408 both of a way that fails and of a code nobody scanned. */
export type Close = { code: number; linked: boolean; reached: boolean }

/**
 * From the code a socket was closed with. `linked`: the account was linked by then. Codes are those of the library's
 * DisconnectReason, and of WhatsApp's own answers to a login.
 */
export function afterClose({ code, linked, reached }: Close): Move {
  if (!reached && !linked) return { do: 'forget', reason: 'unreachable' }
  switch (code) {
    case 515:
      return { do: 'reconnect' }
    case 408:
      return linked ? { do: 'back_off' } : { do: 'forget', reason: 'not_scanned' }
    case 440:
      return { do: 'stop', reason: 'replaced' }
    case 401:
    case 406:
      return { do: 'forget', reason: linked ? 'logged_out' : 'not_scanned' }
    case 402:
    case 403:
    case 419:
      return { do: 'stop', reason: 'forbidden' }
    case 411:
      return { do: 'forget', reason: 'not_multi_device' }
    case 405:
    case 409:
      return { do: 'fetch_version' }
    default:
      return { do: 'back_off' }
  }
}

/** What is written down of a move, where anything is. */
export function notedOf(move: Move): SessionNote | undefined {
  if (move.do === 'stop') return { status: 'stopped', reason: move.reason, shown: null, done: 'all' }
  if (move.do === 'forget') return { status: 'unlinked', reason: move.reason, shown: null, done: 'all' }
  return undefined
}
