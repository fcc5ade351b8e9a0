import { LIMITS } from '../lib/limits.ts'
import { filedSince } from '../records/filed-since.ts'
import type { Action, Outcome, Request } from './action.ts'

const HOUR_MS = 3_600_000

/**
 * The same action, but not for a chat that has filed as many reports within the hour as one may: it fails with 'too_many' then, and
 * the flow keeps the answers. Counted in the records, which must be there to file anything. Of anonymous reports nobody knows from
 * which chat they came, so they are neither counted nor kept back.
 */
export function unlessTooMany(action: Action): Action {
  return async (room, requests) => {
    const counted = requests.filter(isKnown)
    if (counted.length === 0) return action(room, requests)
    const [first = 0, ...others] = counted.map(({ at }) => at.getTime())
    const since = new Date(Math.min(first, ...others) - HOUR_MS)
    const ids = counted.map(({ conversation }) => conversation.id)
    const filed = await filedSince(room.client, ids, since)
    const refused = new Map<Request, Outcome>()
    for (const request of counted) {
      if ((filed.get(request.conversation.id) ?? 0) >= LIMITS.chatReports.most)
        refused.set(request, { failed: 'too_many' })
    }
    const allowed = requests.filter(request => !refused.has(request))
    const done = allowed.length === 0 ? [] : await action(room, allowed)
    return requests.flatMap(request => refused.get(request) ?? done[allowed.indexOf(request)] ?? [])
  }
}

function isKnown({ with: { mode = 'terbuka' } }: Request): boolean {
  return mode !== 'anonim' && mode !== 'keduanya'
}
