import { isRestrictedDesk } from '../offices/desk-for.ts'
import { blocksOf } from '../records/blocks.ts'
import { readReceipt, readTicketCode } from '../records/ticket-code.ts'
import { ticketByCode } from '../records/tickets.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { blockTold, reasonOf } from './block-notice.ts'
import { isHeavy, weigh } from './weigh-report.ts'

/** Whether this one is for the restricted desk: nobody can be kept from writing there. */
type Passes = (room: Room, request: Request) => boolean | Promise<boolean>

/**
 * The same action, but not for who is blocked: it fails with 'blocked' then. This holds whatever the conversation itself
 * remembers; `reminds` where it seems to have forgotten, as nothing would have been asked for otherwise.
 */
export function unlessBlocked(action: Action, passes: Passes, reminds = false): Action {
  return async (room, requests) => {
    const ids = requests.map(({ conversation }) => conversation.id)
    const [first] = requests
    const blocks = first === undefined ? new Map() : await blocksOf(room.client, ids, latest(requests))
    if (blocks.size === 0) return action(room, requests)
    const refused = new Map<Request, Outcome>()
    for (const request of requests) {
      const block = blocks.get(request.conversation.id)
      if (block === undefined || (await passes(room, request))) continue
      const { id: conversationId, language } = request.conversation
      const tells = reminds
        ? [
            blockTold(room, request, {
              conversationId,
              until: block.until,
              reason: await reasonOf(room, block),
              language,
            }),
          ]
        : []
      refused.set(request, { failed: 'blocked', tells })
    }
    const allowed = requests.filter(request => !refused.has(request))
    const done = allowed.length === 0 ? [] : await action(room, allowed)
    return requests.flatMap(request => refused.get(request) ?? done[allowed.indexOf(request)] ?? [])
  }
}

function latest(requests: Request[]): Date {
  return new Date(Math.max(...requests.map(({ at }) => at.getTime())))
}

/** A new report that is confidential, anonymous or berkadar pengawasan. */
export const isForRestricted: Passes = (_room, request) => {
  const { mode = '' } = request.with
  return weigh(request.with) === 'pengawasan' || !['', 'terbuka'].includes(mode)
}

/** More about a report that is at the restricted desk, or will be by these words. */
export const isAtRestricted: Passes = async (room, request) => {
  const { ticket: typed = '', text = '' } = request.with
  const code = readTicketCode(typed)
  if (readReceipt(typed) !== undefined || isHeavy(text)) return true
  const ticket = code === undefined ? undefined : await ticketByCode(room.client, request.office, code)
  return ticket !== undefined && isRestrictedDesk(room.houseOf(request.office).office, ticket.desk)
}

/** Questions and talks go to whoever is at the desk. */
export const isNever: Passes = () => false
