import type { Queryable } from '../records/db.ts'
import type { Claimed } from './claim.ts'

/** Days a message is held for somebody who does not write; then it is given up, and its desk told. */
const HELD_DAYS = 30
const DAY_MS = 24 * 3_600_000

/**
 * Lets everything go that was held for somebody who has written: asked before their turn's own answers are written, so that these
 * come behind it. The time it is tried for begins anew.
 */
export function releaseHeld(on: Queryable, conversationIds: string[]): Promise<unknown> {
  return on.query({
    name: 'release-held',
    text: `update outbox set status = 'waiting', error = null, due_at = now(), created_at = now()
      where conversation_id = any($1::uuid[]) and status = 'held'`,
    values: [conversationIds],
  })
}

/** Whether something is unsent there before this message: then it has to wait, whatever the platform would take. */
export async function isBehind(on: Queryable, { conversationId, urgency, seq }: Claimed): Promise<boolean> {
  const { rowCount } = await on.query({
    name: 'is-behind',
    text: `select 1 from outbox where conversation_id = $1 and status = 'held'
      union all
      select 1 from outbox where conversation_id = $1 and status = 'waiting' and urgency <= $2 and seq < $3 limit 1`,
    values: [conversationId, urgency, seq],
  })
  return rowCount !== 0
}

/** The key of what asks somebody to write. */
export function invitationKey(conversationId: string, seq: number): string {
  return `${conversationId}/window/${seq}`
}

/** Whether this asks somebody to write who has done so already: nothing is held there any more. */
export async function isNeedless(on: Queryable, { key, conversationId, seq }: Claimed): Promise<boolean> {
  if (key !== invitationKey(conversationId, seq)) return false
  const { rowCount } = await on.query(
    `select 1 from outbox where conversation_id = $1 and status = 'held' limit 1`,
    [conversationId],
  )
  return rowCount === 0
}

/** A template is what may go out all the same, and nothing waits for ever. */
export function mayBeHeld({ template, createdAt }: Claimed): boolean {
  return template === null && Date.now() - createdAt.getTime() < HELD_DAYS * DAY_MS
}

/** Brings those held for too long back to the sender, which gives them up. */
export async function endHeld(on: Queryable): Promise<number> {
  const { rowCount } = await on.query(
    `update outbox set status = 'waiting', failed = 'window', due_at = now()
     where status = 'held' and created_at < now() - $1 * interval '1 day'`,
    [HELD_DAYS],
  )
  return rowCount ?? 0
}
