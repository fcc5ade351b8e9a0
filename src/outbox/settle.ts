import type { Address, SendError } from '../channels/channel.ts'
import { killPoint } from '../lib/kill-point.ts'
import type { Db } from '../records/db.ts'
import { type Claimed, LEASE_SECONDS } from './claim.ts'

/** Seconds before the next attempt grow from 1 to 600, for a day; then staff see it as not delivered. */
const FIRST_PAUSE = 1
const LONGEST_PAUSE = 600
const GIVE_UP_MS = 24 * 3_600_000

/** Causes after which trying again can help. */
const RETRIED: Record<SendError['failure'], boolean> = {
  throttled: true,
  unreachable: true,
  blocked: false,
  refused: false,
  unknown: true,
  window: true,
}

/** What became of one claimed message. */
export type Settled =
  /** 'merged': a line of it stands in the message called `ref`, with lines of others. */
  | { id: number; status: 'sent' | 'merged'; to: Address; ref: string | null }
  | { id: number; status: 'waiting'; error: string; pauseSeconds: number; partsSent: number }
  | { id: number; status: 'failed'; error: string }

/** What a failed send leads to, by its cause. `chance` in 0..1 spreads retries so that they do not come in step. */
export function afterFailure(
  message: Claimed,
  error: SendError,
  partsSent: number,
  at: Date,
  chance: number,
): Settled {
  const old = at.getTime() - message.createdAt.getTime() > GIVE_UP_MS
  if (!RETRIED[error.failure] || old) return { id: message.id, status: 'failed', error: error.failure }
  const backOff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** message.attempts) * (0.5 + chance / 2)
  const asked = (error.retryAfterMs ?? 0) / 1000
  return {
    id: message.id,
    status: 'waiting',
    error: error.failure,
    pauseSeconds: Math.max(backOff, asked),
    partsSent,
  }
}

const SETTLE = `
update outbox o set status = s.status, error = s.error, lease_until = null,
  due_at = now() + s.pause * interval '1 second',
  parts_sent = greatest(o.parts_sent, s.parts),
  attempts = o.attempts + case when s.status in ('sent', 'merged') then 0 else 1 end,
  sent_at = case when s.status in ('sent', 'merged') then now() end, ref = s.ref
from unnest($1::bigint[], $2::text[], $3::text[], $4::float8[], $5::int[], $6::text[])
  as s(id, status, error, pause, parts, ref)
where o.id = s.id`

export async function settleAll(db: Db, settled: Settled[]): Promise<void> {
  if (settled.length === 0) return
  killPoint('sends to be settled')
  await db.pool.query({
    name: 'settle-all',
    text: SETTLE,
    values: [
      settled.map(({ id }) => id),
      settled.map(({ status }) => status),
      settled.map(one => ('error' in one ? one.error : null)),
      settled.map(one => (one.status === 'waiting' ? one.pauseSeconds : 0)),
      settled.map(one => (one.status === 'waiting' ? one.partsSent : 0)),
      settled.map(one => ('ref' in one ? one.ref : null)),
    ],
  })
}

/** A part of a long message is out: recorded at once, so that a crash goes on with the next one; the lease begins anew. */
export async function notePart(db: Db, id: number, partsSent: number): Promise<void> {
  await db.pool.query({
    name: 'note-part',
    text: `update outbox set parts_sent = $2, lease_until = now() + $3 * interval '1 second' where id = $1`,
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
     where id = any($1::bigint[])`,
    [ids, pauseSeconds],
  )
}
