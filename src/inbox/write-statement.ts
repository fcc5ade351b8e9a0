import { LEASE_SECONDS } from '../outbox/claim.ts'
import { LEAVE } from '../outbox/handover.ts'
import { type Column, packed, rowsFrom } from '../records/columns.ts'
import { AGAIN_COLUMNS, type ConversationRow, FRESH_COLUMNS } from './conversation-row.ts'
import { INBOX_COLUMNS, type InboxRow } from './inbox-row.ts'
import { SAYING_COLUMNS, type SayingRow } from './saying-row.ts'

/** What a batch came to: conversations that stood before and those it opened, what it said, and what it heard. */
export type Written = {
  again: ConversationRow[]
  fresh: ConversationRow[]
  said: SayingRow[]
  heard: InboxRow[]
}

/** SQLSTATE of a division by zero: so the statement fails when fewer rows were heard than sent. */
export const FEWER_HEARD = '22012'

type Part = { name: string; columns: Column<never>[]; sql(rows: string): string; values: Buffer[] }

/** One write of the statement; left out where there is nothing to write, since an empty one costs nearly as much. */
function part<Row>(name: string, columns: Column<Row>[], sql: (rows: string) => string) {
  return (rows: Row[]): Part[] =>
    rows.length === 0 ? [] : [{ name, columns, sql, values: packed(columns, rows) }]
}

const stood = part(
  'stood',
  AGAIN_COLUMNS,
  rows => `
  update conversations c set state = u.state, turn = u.turn, last_seq = u.last_seq, language = u.language, flow = u.flow,
    step = u.step, waiting = u.waiting, version = u.version, parked = u.parked,
    updated_at = case when u.lively = 1 then now() else c.updated_at end
  from ${rows} as u where c.id = u.id`,
)

const opened = part(
  'opened',
  FRESH_COLUMNS,
  rows => `
  insert into conversations (${FRESH_COLUMNS.map(({ name }) => name).join(', ')}, updated_at)
  select u.*, now() from ${rows} as u`,
)

const said = part(
  'said',
  SAYING_COLUMNS,
  rows => `
  insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, about, urgency, origin, edits, status,
    lease_until, due_at, created_at)
  select key, office, channel, conversation_id, seq, sender, sealed, about, urgency, origin, edits,
    case when ours then 'sending' else 'waiting' end,
    case when ours then now() + ${LEASE_SECONDS} * interval '1 second' end, now(), now()
  from (
    select u.*, leave > ${LEAVE.none} and not exists (
      select 1 from outbox e where e.conversation_id = u.conversation_id and e.status in ('waiting', 'sending')
        and case when e.status = 'waiting' then e.urgency <= u.urgency else leave = ${LEAVE.ifFree} end)
      and not exists (
        select 1 from groups g where g.conversation_id = u.conversation_id and g.status <> 'active') as ours
    from ${rows} as u
  ) as u
  returning id, key, status`,
)

// A waiting message becomes a turn only from 'pending': whoever comes second gets fewer rows back than sent.
const heard = part(
  'heard',
  INBOX_COLUMNS,
  rows => `
  insert into inbox (office, channel, message_hash, address_hash, conversation_id, turn, seq, status, sealed, about,
    due_at, received_at)
  select office, channel, message_hash, address_hash, conversation_id, turn, seq, status, sealed, about,
    case when status = 'pending' then now() + delay_ms * interval '1 millisecond' end,
    -- What belongs to an anonymous report keeps the day alone.
    case when sealed is null or delay_ms > 0 then date_trunc('day', now()) else now() end
  from ${rows} as u
  on conflict (message_hash) do update set status = excluded.status, sealed = excluded.sealed, turn = excluded.turn,
    seq = excluded.seq, conversation_id = excluded.conversation_id, about = coalesce(inbox.about, excluded.about),
    due_at = null, error = null, address_hash = null,
    -- It may have waited here under its exact time.
    received_at = case when excluded.sealed is null then date_trunc('day', inbox.received_at) else inbox.received_at end
    where inbox.status = 'pending' and excluded.status = 'done'
  returning 1`,
)

/** By name; few, as a batch can be of few kinds. */
const texts = new Map<string, string>()

/** Conversations, outbox and inbox in one statement. Gives a row for each message said, and one of nulls when there are none. */
export function writeStatement(written: Written): { name: string; text: string; values: Buffer[] } {
  const parts = [
    ...stood(written.again),
    ...opened(written.fresh),
    ...said(written.said),
    ...heard(written.heard),
  ]
  const name = `write-${parts.map(one => one.name).join('-')}`
  const text = texts.get(name) ?? textOf(parts)
  texts.set(name, text)
  return { name, text, values: parts.flatMap(({ values }) => values) }
}

function textOf(parts: Part[]): string {
  let count = 0
  const writes = parts.map(({ name, columns, sql }) => {
    const rows = rowsFrom(columns, count + 1)
    count += columns.length
    return `${name} as (${sql(rows)}\n)`
  })
  const messages = parts.some(({ name }) => name === 'said')
    ? 'said'
    : '(select null::bigint as id, null::text as key, null::text as status where false)'
  return `with ${writes.join(', ')}
select 1 / (select (count(*) = cardinality($${count}::int[]))::int from heard) as whole, id, key, status
from (values (1)) always left join ${messages} m on true`
}
