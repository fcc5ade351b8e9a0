import type { Address, SendError } from '../channels/channel.ts'
import { killPoint } from '../lib/kill-point.ts'
import { intArray, textArray } from '../records/arrays.ts'
import { tableOf } from '../records/columns.ts'
import type { Db } from '../records/db.ts'
import { type Claimed, GIVE_UP_SECONDS, LEASE_SECONDS } from './claim.ts'
import { FIRST } from './pace.ts'

/** Seconds before the next attempt grow from 1 to 600, until it is given up. */
const FIRST_PAUSE = 1
const LONGEST_PAUSE = 600

/** How long a platform may take to tell what became of a message, where its answer was lost. */
const UNKNOWN_SECONDS = 60

/** Causes after which trying again can help; a closed window is for `hold.ts`. */
const RETRIED: Record<SendError['failure'], boolean> = {
  throttled: true,
  unreachable: true,
  blocked: false,
  refused: false,
  unknown: true,
  window: false,
  not_yet: true,
}

/** What became of one claimed message. `leftWith`: the one in whose message it left, or was tried to. */
export type Settled =
  /** 'merged': it stands in the message called `ref`, with others. */
  | {
      id: number
      status: 'sent' | 'merged'
      to: Address
      ref: string | null
      leftWith: number | null
    }
  | {
      id: number
      status: 'waiting'
      error: string
      pauseSeconds: number
      partsSent: number
      leftWith: number | null
    }
  | { id: number; status: 'failed'; error: string }
  /** Said first, and nobody knows whether it was taken: never again. */
  | { id: number; status: 'unknown'; error: 'unknown' }

/** What a failed send leads to, by its cause. `chance` in 0..1 spreads retries so that they do not come in step. */
export function afterFailure(
  message: Claimed,
  error: SendError,
  partsSent: number,
  at: Date,
  chance: number,
  leftWith: number | null = null,
): Settled {
  if (message.urgency >= FIRST && !error.surely)
    return { id: message.id, status: 'unknown', error: 'unknown' }
  const old = at.getTime() - message.createdAt.getTime() > GIVE_UP_SECONDS * 1000
  if (!RETRIED[error.failure] || old) return { id: message.id, status: 'failed', error: error.failure }
  const backOff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** message.attempts) * (0.5 + chance / 2)
  const asked = error.failure === 'unknown' ? UNKNOWN_SECONDS : (error.retryAfterMs ?? 0) / 1000
  return {
    id: message.id,
    status: 'waiting',
    error: error.failure,
    pauseSeconds: Math.max(backOff, asked),
    partsSent,
    leftWith: error.failure === 'unknown' ? leftWith : null,
  }
}

// What the platform told meanwhile counts as well: that a message was not delivered after all, or that a part whose answer
// was lost is out. Then the sender looks at once, and sees to the rest.
// What was taken back while it waited for its turn stays so.
const SETTLE = `
update outbox o set status = case when s.sent and o.failed is not null then 'waiting'
    when s.status = 'waiting' and o.status = 'failed' then 'failed' else s.status end,
  error = case when s.sent then o.failed when s.status = 'waiting' and o.status = 'failed' then o.error else s.error end,
  lease_until = null,
  due_at = case when o.parts_sent > s.parts then now() else now() + s.pause * interval '1 second' end,
  parts_sent = greatest(o.parts_sent, s.parts),
  failed = case when s.sent then o.failed end,
  attempted_at = case when s.status = 'waiting' then null else o.attempted_at end,
  attempts = o.attempts + case when s.sent then 0 else 1 end,
  sent_at = case when s.sent then now() end,
  ref = coalesce(s.ref, o.ref), left_with = s.left_with
from (
  select *, status in ('sent', 'merged') as sent
  from ${tableOf([
    '$1::bigint[] as id',
    '$2::text[] as status',
    '$3::text[] as error',
    '$4::float8[] as pause',
    '$5::int[] as parts',
    '$6::text[] as ref',
    '$7::bigint[] as left_with',
  ])} u
) s
where o.id = s.id`

export async function settleAll(db: Db, given: Settled[]): Promise<void> {
  if (given.length === 0) return
  killPoint('sends to be settled')
  // In the order of ids, as whoever else writes several rows at once: so nobody waits for another in a circle.
  const settled = given.toSorted((a, b) => a.id - b.id)
  await db.pool.query({
    name: 'settle-all',
    text: SETTLE,
    values: [
      settled.map(({ id }) => id),
      textArray(settled.map(({ status }) => status)),
      textArray(settled.map(one => ('error' in one ? one.error : null))),
      settled.map(one => (one.status === 'waiting' ? one.pauseSeconds : 0)),
      intArray(settled.map(one => ('partsSent' in one ? one.partsSent : 0))),
      textArray(settled.map(one => ('ref' in one ? one.ref : null))),
      settled.map(one => ('leftWith' in one ? one.leftWith : null)),
    ],
  })
}

/** A part of a long message is out: recorded at once, so that a crash goes on with the next one; the lease begins anew. */
export async function notePart(db: Db, id: number, partsSent: number): Promise<void> {
  await db.pool.query({
    name: 'note-part',
    // One the platform did not deliver after all is said again from there.
    text: `update outbox set parts_sent = case when failed is null then $2 else parts_sent end, lease_until = now() + $3 * interval '1 second' where id = $1`,
    values: [id, partsSent, LEASE_SECONDS],
  })
}

/** What the platform calls the message whose place this one takes; undefined when it takes nobody's. */
export async function sentBefore(db: Db, message: Claimed): Promise<string | undefined> {
  if (message.edits === null) return undefined
  const { rows } = await db.pool.query<{ ref: string }>(
    `select ref from outbox where origin = $1 and conversation_id = $2 and seq < $3 and ref is not null
     order by seq desc limit 1`,
    [message.edits, message.conversationId, message.seq],
  )
  return rows[0]?.ref
}

/** Messages behind one that failed for now go back to waiting, without an attempt counted against them. */
export async function giveBack(db: Db, ids: number[], pauseSeconds = 0): Promise<void> {
  if (ids.length === 0) return
  await db.pool.query(
    `update outbox set status = 'waiting', lease_until = null, due_at = greatest(due_at, now() + $2 * interval '1 second')
     where id = any($1::bigint[]) and status || '' = 'sending'`,
    [ids, pauseSeconds],
  )
}
