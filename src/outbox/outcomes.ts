import type { OnOutcome, Outcome } from '../channels/channel.ts'
import type { Counters } from '../lib/counters.ts'
import type { Queryable } from '../records/db.ts'
import { notePrices } from '../records/prices.ts'
import type { Sealing } from '../records/sealing.ts'

/** What a platform says of a message, the later the more; that it failed stands apart. */
const RANK: Record<Outcome['state'], number> = { failed: 0, accepted: 1, delivered: 2, read: 3 }
const DELIVERED = RANK.delivered

/** A part's key: conversation/turn/n, and the number of the part. */
const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\/.+)\/(\d{1,6})$/

// Nothing is decided here but what the records must say: whether a part is out, and that one did not arrive. Then the message is due,
// and the sender sees to it. What was told of a message is true of all that left in it.
const NOTE = `
with told as (
  select * from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::int[], $8::text[])
    as t(office, channel, conversation_id, key, part, ref, rank, failure)
), meant as (
  select o.id, o.conversation_id, t.part, t.ref, t.rank, t.failure, o.ref as own, o.parts_sent from told t
  join outbox o on o.conversation_id = t.conversation_id and o.key = t.key and o.office = t.office and o.channel = t.channel
  union all
  select o.id, o.conversation_id, t.part, t.ref, t.rank, t.failure, o.ref, o.parts_sent from told t
  join outbox o on o.ref = t.ref and o.office = t.office and o.channel = t.channel
  where t.conversation_id is null and o.left_with is null
), news as (
  select id, conversation_id, max(rank) as rank, max(part) filter (where rank > 0) as out, min(part) filter (where rank = 0) as lost,
    max(ref) as ref,
    -- What failed at an earlier attempt is over: the last part has the name it was given at the latest.
    min(failure) filter (where own is null or ref is null or own = ref or part < parts_sent) as failure
  from meant group by id, conversation_id
), all_news as (
  select id, rank, out, lost, ref, failure from news
  union all
  select m.id, n.rank, null, null, n.ref, n.failure from news n
  join outbox m on m.conversation_id = n.conversation_id and m.left_with = n.id
), decided as (
  select n.*,
    n.failure is not null and coalesce(greatest(o.delivery, n.rank), 0) < ${DELIVERED}
      and (o.status in ('sent', 'merged', 'sending', 'unknown') or o.status = 'waiting' and o.error = 'unknown') as fails,
    -- News of a part known to be out says nothing of the one whose answer was lost: that one must not be said again for it.
    n.out >= o.parts_sent and o.failed is null and o.status in ('waiting', 'sending')
      and (n.rank >= ${DELIVERED} or n.failure is null and (o.status = 'sending' or o.error = 'unknown')) as leaves
  from all_news n join outbox o on o.id = n.id order by o.id for update of o
)
update outbox o set
  delivery = greatest(o.delivery, nullif(d.rank, 0)),
  ref = case when fails then null else coalesce(o.ref, d.ref) end,
  failed = case when fails then d.failure else o.failed end,
  error = case when fails and o.status <> 'sending' then d.failure else o.error end,
  -- One that nobody may repeat is simply known now.
  status = case when fails and o.status <> 'sending' then 'waiting' when o.status = 'unknown' and d.rank > 0 then 'sent'
    else o.status end,
  sent_at = case when not fails and o.status = 'unknown' and d.rank > 0 then now() else o.sent_at end,
  parts_sent = case when fails then least(o.parts_sent, coalesce(d.lost, o.parts_sent))
    when leaves then greatest(o.parts_sent, d.out + 1) else o.parts_sent end,
  due_at = case when fails or leaves then now() else o.due_at end
from decided d where o.id = d.id
returning fails, leaves`

type Told = {
  office: string
  channel: string
  conversationId: string | null
  key: string | null
  part: number | null
  ref: string | null
  rank: number
  failure: string | null
}

export type OutcomeParts = {
  db: { pool: Queryable }
  sealing: Sealing
  counters: Counters
  /** Looks for what is due now. */
  wake(): void
}

/**
 * Takes what platforms say later about messages of ours: in any order, in batches, and more than once. What is of no message that we
 * know is left out: it may belong to an anonymous report.
 */
export function createOutcomes({ db, sealing, counters, wake }: OutcomeParts): OnOutcome {
  return async outcomes => {
    if (outcomes.length === 0) return
    const changed = await note(db.pool, outcomes.map(read))
    counters.add('messages_charged_total', await notePrices(db.pool, sealing, outcomes))
    counters.add('messages_failed_later_total', changed.filter(({ fails }) => fails).length)
    if (changed.some(({ fails, leaves }) => fails || leaves)) wake()
  }
}

function read({ office, channel, key, ref, state, failure }: Outcome): Told {
  const [, conversationId = null, rest = '', part] = KEY.exec(key ?? '') ?? []
  return {
    office,
    channel,
    conversationId,
    key: conversationId === null ? null : `${conversationId}${rest}`,
    part: part === undefined ? null : Number(part),
    ref: ref ?? null,
    rank: RANK[state],
    failure: state === 'failed' ? (failure ?? 'refused') : null,
  }
}

async function note(on: Queryable, told: Told[]): Promise<{ fails: boolean; leaves: boolean }[]> {
  const { rows } = await on.query<{ fails: boolean; leaves: boolean }>({
    name: 'note-outcomes',
    text: NOTE,
    values: [
      told.map(({ office }) => office),
      told.map(({ channel }) => channel),
      told.map(({ conversationId }) => conversationId),
      told.map(({ key }) => key),
      told.map(({ part }) => part),
      told.map(({ ref }) => ref),
      told.map(({ rank }) => rank),
      told.map(({ failure }) => failure),
    ],
  })
  return rows
}
