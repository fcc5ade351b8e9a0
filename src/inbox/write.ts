import type { Room } from '../actions/action.ts'
import { LEASE_SECONDS } from '../outbox/claim.ts'
import { LEAVE, type Offer } from '../outbox/handover.ts'
import { laneOf } from '../outbox/lanes.ts'
import { unnested } from '../records/arrays.ts'
import { AGAIN_COLUMNS, conversationRow, FRESH_COLUMNS } from './conversation-row.ts'
import { handOver, type Said } from './hand-over.ts'
import { INBOX_COLUMNS, inboxRows } from './inbox-row.ts'
import type { OpenConversation } from './open-conversation.ts'
import { SAYING_COLUMNS, sayingRow } from './saying-row.ts'
import type { Taken } from './taken.ts'
import { wipeSaid } from './wipe.ts'

/** Somebody else took one of these messages in the meantime: nothing of this batch is written. */
export class TakenElsewhere extends Error {
  override name = 'TakenElsewhere' as const
}

// Conversations, outbox and inbox in one round trip. A waiting message becomes a turn only from 'pending':
// whoever comes second gets fewer rows back than sent, and rolls back.
const WRITE = `
with stood as (
  update conversations c set state = u.state, turn = u.turn, last_seq = u.seq, language = u.language, flow = u.flow,
    step = u.step, waiting = u.waiting, version = u.version, parked = u.parked,
    updated_at = case when u.lively = 1 then now() else c.updated_at end
  from unnest($1::uuid[], $2::bytea[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::int[])
    as u(id, state, turn, seq, language, flow, step, waiting, version, parked, lively)
  where c.id = u.id
), opened as (
  insert into conversations (id, state, turn, last_seq, language, flow, step, waiting, version, parked, office, channel,
    address_hash, party, desk, address, wrapped_key, updated_at)
  select *, now() from unnest($12::uuid[], $13::bytea[], $14::int[], $15::int[], $16::text[], $17::text[], $18::text[],
    $19::text[], $20::text[], $21::text[], $22::text[], $23::text[], $24::bytea[], $25::text[], $26::text[],
    $27::bytea[], $28::bytea[])
), said as (
  insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, about, urgency, origin, edits, status, lease_until,
    due_at, created_at)
  select k, o, c, i, s, f, b, a, p, r, e, case when ours then 'sending' else 'waiting' end,
    case when ours then now() + ${LEASE_SECONDS} * interval '1 second' end, now(), now()
  from (
    select u.*, l > ${LEAVE.none} and not exists (
      select 1 from outbox e where e.conversation_id = u.i and e.status in ('waiting', 'sending')
        and case when e.status = 'waiting' then e.urgency <= u.p else l = ${LEAVE.ifFree} end)
      and not exists (select 1 from groups g where g.conversation_id = u.i and g.status <> 'active') as ours
    from unnest($29::text[], $30::text[], $31::text[], $32::uuid[], $33::int[], $34::text[], $35::bytea[], $36::uuid[],
      $37::int[], $38::int[], $39::bytea[], $40::bytea[]) as u(k, o, c, i, s, f, b, a, l, p, r, e)
  ) as u
  returning id, key, status
), heard as (
  insert into inbox (office, channel, message_hash, address_hash, conversation_id, turn, seq, status, sealed, about,
    due_at, received_at)
  select o, c, m, a, i, t, s, st, b, ab, case when st = 'pending' then now() + d * interval '1 millisecond' end,
    -- What belongs to an anonymous report keeps the day alone.
    case when b is null or d > 0 then date_trunc('day', now()) else now() end
  from unnest($41::text[], $42::text[], $43::bytea[], $44::bytea[], $45::uuid[], $46::int[], $47::int[], $48::text[],
    $49::bytea[], $50::uuid[], $51::int[]) as u(o, c, m, a, i, t, s, st, b, ab, d)
  on conflict (message_hash) do update set status = excluded.status, sealed = excluded.sealed, turn = excluded.turn,
    seq = excluded.seq, conversation_id = excluded.conversation_id, about = coalesce(inbox.about, excluded.about), due_at = null, error = null,
    address_hash = null,
    -- It may have waited here under its exact time.
    received_at = case when excluded.sealed is null then date_trunc('day', inbox.received_at) else inbox.received_at end
    where inbox.status = 'pending' and excluded.status = 'done'
  returning 1
)
select (select count(*)::int from heard) as heard, id, key, status from (values (1)) always left join said on true`

/** Writes what a batch came to. The one place where turns, what they say and what they tell become records. */
export async function writeTaken(room: Room, taken: Taken, offer: Offer): Promise<void> {
  const conversations = [...new Set(taken.turns.map(({ conversation }) => conversation))]
  const lively = new Set(
    taken.turns
      .filter(({ arrival }) => arrival.said.type !== 'silence')
      .map(({ conversation }) => conversation),
  )
  const rows = conversations.map(one => conversationRow(room, one, lively.has(one)))
  const sayings = taken.sayings.map(saying =>
    sayingRow(room, saying, offer.may(saying.conversation.id, laneOf(saying.conversation), saying.urgency)),
  )
  const heard = inboxRows(room, taken)
  if (heard.length === 0) return
  const { rows: written } = await room.client.query<{ heard: number } & (Said | { id: null })>({
    name: 'write-taken',
    text: WRITE,
    values: [
      ...unnested(
        AGAIN_COLUMNS,
        rows.filter(({ conversation }) => !conversation.fresh),
      ),
      ...unnested(
        FRESH_COLUMNS,
        rows.filter(({ conversation }) => conversation.fresh),
      ),
      ...unnested(SAYING_COLUMNS, sayings),
      ...unnested(INBOX_COLUMNS, heard),
    ],
  })
  if (written[0]?.heard !== heard.length) {
    throw new TakenElsewhere('A message of this batch was taken by another process.')
  }
  handOver(
    room.sealing,
    taken,
    written.flatMap(row => (row.id === null ? [] : [row])),
    offer.until,
  )
  await noteStopped(room, conversations)
  await wipeSaid(
    room.client,
    conversations.filter(({ wipe }) => wipe),
  )
}

/** After they are written: STOP may be the first thing ever said at an address. */
async function noteStopped(room: Room, conversations: OpenConversation[]): Promise<void> {
  const ids = conversations.filter(({ stop }) => stop).map(({ id }) => id)
  if (ids.length === 0) return
  await room.client.query('update conversations set stopped = true where id = any($1::uuid[])', [ids])
}
