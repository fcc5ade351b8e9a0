import type { Room } from '../actions/action.ts'
import type { State } from '../conversation/state.ts'
import type { Arrival } from './arrival.ts'
import { packArrival } from './arrival.ts'
import type { OpenConversation } from './open-conversation.ts'
import type { Taken } from './taken.ts'
import { arrivalOfTell } from './tell.ts'
import { wipeSaid } from './wipe.ts'

/** Somebody else took one of these messages in the meantime: nothing of this batch is written. */
export class TakenElsewhere extends Error {
  override name = 'TakenElsewhere' as const
}

// Conversations, inbox and outbox in one round trip. A waiting message becomes a turn only from 'pending':
// whoever comes second gets fewer rows back than sent, and rolls back.
const WRITE = `
with stood as (
  insert into conversations (id, office, channel, address_hash, party, desk, address, wrapped_key, state, turn,
    last_seq, language, flow, step, waiting, updated_at, wipe_after, wipe_seq)
  select *, now(), null, null from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[],
    $7::bytea[], $8::bytea[], $9::bytea[], $10::int[], $11::int[], $12::text[], $13::text[], $14::text[], $15::text[])
  on conflict (id) do update set state = excluded.state, turn = excluded.turn, last_seq = excluded.last_seq,
    language = excluded.language, flow = excluded.flow, step = excluded.step, waiting = excluded.waiting, updated_at = now()
), said as (
  insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, about, status, due_at, created_at)
  select k, o, c, i, s, f, b, a, 'waiting', now(), now() from unnest($16::text[], $17::text[], $18::text[],
    $19::uuid[], $20::int[], $21::text[], $22::bytea[], $23::uuid[]) as u(k, o, c, i, s, f, b, a)
), heard as (
  insert into inbox (office, channel, message_hash, address_hash, conversation_id, turn, seq, status, sealed, due_at,
    received_at)
  select o, c, m, a, i, t, s, st, b, d,
    -- What belongs to an anonymous report keeps the day alone.
    case when b is null or d > now() + interval '1 minute' then date_trunc('day', now()) else now() end
  from unnest($24::text[], $25::text[], $26::bytea[], $27::bytea[], $28::uuid[], $29::int[],
    $30::int[], $31::text[], $32::bytea[], $33::timestamptz[])
    as u(o, c, m, a, i, t, s, st, b, d)
  on conflict (message_hash) do update set status = excluded.status, sealed = excluded.sealed, turn = excluded.turn,
    seq = excluded.seq, conversation_id = excluded.conversation_id, due_at = null, error = null,
    address_hash = null
    where inbox.status = 'pending' and excluded.status = 'done'
  returning 1
)
select count(*)::int as heard from heard`

/** Writes what a batch came to. The one place where turns, what they say and what they tell become records. */
export async function writeTaken(room: Room, taken: Taken): Promise<void> {
  const conversations = [...new Set(taken.turns.map(({ conversation }) => conversation))]
  const heard = heardRows(room, taken)
  if (heard.length === 0) return
  const { rows } = await room.client.query<{ heard: number }>({
    name: 'write-taken',
    text: WRITE,
    values: [
      ...columns(
        conversations.map(conversation => standRow(room, conversation)),
        15,
      ),
      ...columns(saidRows(room, taken), 8),
      ...columns(heard, 10),
    ],
  })
  if (rows[0]?.heard !== heard.length)
    throw new TakenElsewhere('A message of this batch was taken by another process.')
  await wipeSaid(
    room.client,
    conversations.filter(({ wipe }) => wipe),
  )
}

function standRow(room: Room, conversation: OpenConversation): unknown[] {
  const { id, key, party } = conversation
  const state = party === 'citizen' ? (conversation.state as State) : undefined
  const sealed = room.sealing.seal(key, `conversations.state.${id}`, JSON.stringify(conversation.state))
  return [
    id,
    conversation.office,
    conversation.channel,
    conversation.addressHash,
    party,
    conversation.desk,
    conversation.address,
    conversation.wrappedKey,
    sealed,
    conversation.turn,
    conversation.lastSeq,
    state?.language ?? 'id',
    state?.at?.flow ?? null,
    state?.at?.step ?? null,
    state?.at?.waiting ?? null,
  ]
}

function saidRows(room: Room, taken: Taken): unknown[][] {
  return taken.sayings.map(({ key, conversation, seq, from, text, options, about }) => {
    const body = JSON.stringify(options.length === 0 ? { text } : { text, options })
    const sealed = room.sealing.seal(conversation.key, `outbox.${key}`, body)
    return [key, conversation.office, conversation.channel, conversation.id, seq, from, sealed, about]
  })
}

/** Turns taken, messages that wait, and what was told to other conversations: all of them inbox rows. */
function heardRows(room: Room, taken: Taken): unknown[][] {
  const done = taken.turns.map(({ arrival, conversation, turn, seq, events }) => {
    const hash = arrival.messageHash
    if (conversation.wipe) return inboxRow(arrival, { status: 'done', sealed: null })
    const place = `inbox.${hash.toString('base64url')}` as const
    const sealed = room.sealing.seal(conversation.key, place, JSON.stringify(events))
    return inboxRow(arrival, { status: 'done', sealed, conversationId: conversation.id, turn, seq })
  })
  const waiting = taken.waiting.filter(({ row }) => row === null).map(arrival => waitingRow(room, arrival))
  const told = taken.tells.map(tell => waitingRow(room, arrivalOfTell(tell, room.sealing), tell.dueAt))
  const dropped = taken.dropped.map(arrival => inboxRow(arrival, { status: 'done', sealed: null }))
  return [...done, ...waiting, ...told, ...dropped]
}

type Told = {
  status: string
  sealed: Buffer | null
  conversationId?: string
  turn?: number
  seq?: number | null
  dueAt?: Date
}

function inboxRow(arrival: Arrival, told: Told): unknown[] {
  const { office, channel, messageHash, addressHash } = arrival
  return [
    office,
    channel,
    messageHash,
    told.status === 'pending' && !arrival.told ? addressHash : null,
    told.conversationId ?? null,
    told.turn ?? null,
    told.seq ?? null,
    told.status,
    told.sealed,
    told.dueAt ?? null,
  ]
}

function waitingRow(room: Room, arrival: Arrival, dueAt = arrival.at): unknown[] {
  const place = `inbox.${arrival.messageHash.toString('base64url')}` as const
  return inboxRow(arrival, {
    status: 'pending',
    sealed: room.sealing.sealLoose(place, packArrival(arrival)),
    dueAt,
  })
}

/** Rows turned into one array a column, as `unnest` takes them; `width` for when there are none. */
function columns(rows: unknown[][], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map(row => row[column]))
}
