import type { Room } from './action.ts'
import { LOCKED_MS, PIN_TRIES } from './pin-lock.ts'

/** Codes remembered at most; the one tried longest ago is forgotten first. 10,000 take about 2 MB. */
const MOST = 10_000

/** By keyed hash of office and code, so that a memory dump lists no codes. */
const tried = new Map<string, { tries: number; lockedUntil: Date | null }>()

/**
 * Counts a wrong PIN for a code that opens nothing (unknown, anonymous or erased), as a ticket's own row counts it, so
 * that both answer alike. In this process's memory alone: after a restart, in another process, or once 10,000 other
 * codes were tried, the count begins anew, and an existing ticket could then be told from an unknown code.
 */
export function tryUnknown(
  room: Room,
  office: string,
  code: string,
  at: Date,
): { found: 'salah' | 'terkunci'; counted: boolean } {
  const name = room.sealing.hash('unknown code', office, code).toString('base64url')
  const { tries, lockedUntil } = tried.get(name) ?? { tries: 0, lockedUntil: null }
  if (lockedUntil !== null && lockedUntil > at) return { found: 'terkunci', counted: false }
  const locks = tries + 1 >= PIN_TRIES
  tried.delete(name)
  tried.set(name, {
    tries: locks ? 0 : tries + 1,
    lockedUntil: locks ? new Date(at.getTime() + LOCKED_MS) : null,
  })
  const [oldest] = tried.keys()
  if (tried.size > MOST && oldest !== undefined) tried.delete(oldest)
  return { found: locks ? 'terkunci' : 'salah', counted: true }
}
