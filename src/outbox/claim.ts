import type { ChannelName, Option, SendFailure, Template } from '../channels/channel.ts'
import { faultOf, type Log } from '../lib/log.ts'
import { NOW_MS } from '../records/clock.ts'
import type { Db } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { openClaimed, type Row } from './claimed-row.ts'
import type { Lane } from './lanes.ts'

/** Seconds a process may take over what it claimed; longer than any send may take, renewed by nobody. */
export const LEASE_SECONDS = 30

/** A send that takes longer is given up as unreachable; well inside the lease. */
export const SEND_MS = 15_000

/** What could not be sent for a day is given up: staff see it as not delivered. */
export const GIVE_UP_SECONDS = 24 * 3600

/** Chats claimed at once, and messages of one of them: more are left behind. Of cards, as many as one message may share. */
const CHATS = 100
export const RUN = 20
const CARDS = 40

/** A message that is ours to send now. */
export type Claimed = {
  id: number
  key: string
  office: string
  channel: ChannelName
  address: string
  conversationId: string
  seq: number
  from: 'bot' | 'staff'
  /** The language of who reads it. */
  language: string
  text: string
  options: Option[]
  /** What is best sent in answer. */
  wants: 'location' | null
  /** What is said instead of the text, where nothing else may be. */
  template: Template | null
  /** The id of a stored file shown with it. */
  file: string | null
  /** The ticket it is about, and what its topic is called where there are topics. */
  about: string | null
  title: string
  /** The line that may stand for it when several leave as one message; '' when it must leave whole. */
  brief: string
  /** 0 answers somebody, 1 is a notice, 2 is said first, at most once. */
  urgency: number
  /** The origin of the message whose place it takes. */
  edits: Buffer | null
  partsSent: number
  attempts: number
  /** How the last attempt failed. */
  error: string | null
  /** Why the platform did not deliver what it had accepted; nobody has seen to that yet. */
  failed: SendFailure | null
  /** The message in which it was last tried, where that was not its own. */
  leftWith: number | null
  createdAt: Date
  /** Until when it may be begun, by `performance.now`; after that the lease could end before the send does. */
  until: number
}

/** What is true of a message nobody has tried to send. */
export const UNTRIED = {
  partsSent: 0,
  attempts: 0,
  error: null,
  failed: null,
  leftWith: null,
  template: null,
} as const satisfies Partial<Claimed>

/** Milliseconds of the lease in which a send may be begun. */
export const BEGIN_MS = LEASE_SECONDS * 1000 - SEND_MS

// The head of a chat is its first message that is neither sent nor given up, answers before notices; only who locks the
// head may have the chat. With it comes the unbroken run of waiting messages behind, so that order holds with any number of
// processes and a turn of three messages is one claim. Only the index of open messages is read: what was sent in
// years before costs nothing here.
//
// The server's statistics are of a calm hour, when nothing waits: it takes that index for empty, and a look through the whole of it
// for cheaper than a row by its number. With 3,500 waiting it then looked 300 times through all of them, 2 s a claim. So each step is
// worked out once, and where a row is meant by its number, its status is asked in a way that does not bring that index to mind.
const STILL_WAITING = `o.status || '' = 'waiting'`
const CLAIM = `
with heads as materialized (
  select distinct on (conversation_id) id, conversation_id, seq, status, urgency, due_at, created_at,
    channel || '/' || office as lane
  from outbox where status in ('waiting', 'sending')
  order by conversation_id, (status = 'sending') desc, urgency, seq
), due as materialized (
  select id from heads where status = 'waiting' and due_at <= now()
    and lane <> all($4::text[]) and (urgency = 0 or lane <> all($5::text[]))
    -- What has waited too long for a closed lane is tried once more, and given up.
    and (lane <> all($7::text[]) or created_at < now() - $8 * interval '1 second')
    -- What is to be said in a group that we were thrown out of waits until somebody lets us in again.
    and not exists (select 1 from groups g where g.conversation_id = heads.conversation_id and g.status <> 'active')
  order by urgency, id limit $1
), ours as materialized (
  select o.conversation_id, o.seq, o.urgency from outbox o
  where o.id = any(array(select id from due)) and ${STILL_WAITING} order by o.id for update skip locked
), taken as materialized (
  -- Counted, not reckoned from the number: what others said in between has numbers as well.
  select behind.id from ours h cross join lateral (
    select id from outbox b where b.conversation_id = h.conversation_id and b.status = 'waiting'
      and b.urgency = h.urgency and b.seq >= h.seq
    order by b.seq limit case when h.urgency = 0 then $2::int else $6::int end
  ) behind
)
update outbox o set status = 'sending', lease_until = now() + $3 * interval '1 second'
from conversations c
where o.id = any(array(select id from taken)) and ${STILL_WAITING} and c.id = o.conversation_id
returning o.id, o.key, o.office, o.channel, o.conversation_id, o.seq, o.sender, o.sealed, o.about, o.urgency, o.edits, o.parts_sent, o.attempts,
  o.error, o.failed, o.left_with, o.created_at, c.address, c.wrapped_key, c.language`

/** Lanes that take nothing more, that only take answers, and that cannot be sent on from here. */
export type LanesInUse = { full: Lane[]; busy: Lane[]; closed: Lane[] }

/** Takes what is due, chat by chat, each chat's messages in order. A message nobody can read is given up, and holds up nobody. */
export async function claimDue(
  parts: { db: Db; sealing: Sealing; log: Pick<Log, 'error'> },
  lanes: LanesInUse = { full: [], busy: [], closed: [] },
): Promise<Claimed[][]> {
  const { db, sealing, log } = parts
  const until = performance.now() + BEGIN_MS
  const { rows } = await db.pool.query<Row>({
    name: 'claim-due',
    text: CLAIM,
    values: [CHATS, RUN, LEASE_SECONDS, lanes.full, lanes.busy, CARDS, lanes.closed, GIVE_UP_SECONDS],
  })
  const chats = new Map<string, Claimed[]>()
  for (const row of rows.sort((a, b) => a.seq - b.seq)) {
    try {
      const claimed = openClaimed(row, sealing, until)
      chats.set(row.conversation_id, [...(chats.get(row.conversation_id) ?? []), claimed])
    } catch (error) {
      log.error('a message to be sent cannot be read and is given up', {
        outboxId: row.id,
        ...faultOf(error),
      })
      await db.pool.query(
        `update outbox set status = 'failed', error = 'unreadable', lease_until = null where id = $1`,
        [row.id],
      )
    }
  }
  return [...chats.values()]
}

// The clock may just have stepped, and whoever watches it has yet to shift the leases along: then none of them has run out.
const UNSEEN = `select 1 from house where name = 'clock'
  and (value::jsonb ->> 'seen')::float8 < ${NOW_MS} - 20000`

/**
 * Gives back what a process claimed and never finished: its lease ran out, or nobody else can be alive. What we have in hand
 * ourselves is kept. What was said first and may have reached its platform is not said again: it stands as unknown.
 */
export async function releaseAbandoned(
  db: Db,
  whose: 'expired' | 'all',
  inHand: number[] = [],
): Promise<number> {
  const { rowCount } = await db.pool.query(
    `update outbox set status = case when attempted_at is null then 'waiting' else 'unknown' end,
       error = case when attempted_at is null then error else 'unknown' end, lease_until = null
     where status = 'sending' and id <> all($2::bigint[]) and ($1 = 'all' or (lease_until < now() and not exists (${UNSEEN})))`,
    [whose, inHand],
  )
  return rowCount ?? 0
}
