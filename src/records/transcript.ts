import type { Db } from './db.ts'
import { hashOfAddress } from './look-up.ts'
import type { Sealing } from './sealing.ts'

/** One thing said at an address, by whomever, as the records hold it. */
export type Line = {
  seq: number
  from: 'bot' | 'staff' | 'citizen'
  text: string
  options?: { id: string; label: string }[]
  file?: string
  as?: string
}

/** Lines of one reading; a client asks again for the rest. */
const MOST = 200

type Row = {
  id: string
  wrapped_key: Buffer
  last_seq: number
  seq: number | null
  sender: 'bot' | 'staff' | null
  sealed: Buffer | null
  name: string | Buffer | null
}

// What was delivered and what was heard, by their common number. A message that is still on its way ends the
// reading: nothing later may be seen before it.
const READ = `
with here as (select id, wrapped_key, last_seq from conversations where address_hash = $1),
since as (select case when $2 > last_seq then 0 else $2 end as seq from here),
unsent as (
  select min(o.seq) as seq from outbox o join here on o.conversation_id = here.id
  where o.seq > (select seq from since) and o.status in ('waiting', 'sending')
),
lines as (
  select seq, sender, sealed, key as name, null::bytea as hash from outbox
  where conversation_id = (select id from here) and seq > (select seq from since) and status = 'sent'
  union all
  select seq, null, sealed, null, message_hash from inbox
  where conversation_id = (select id from here) and seq > (select seq from since) and sealed is not null
)
select here.id, here.wrapped_key, here.last_seq, l.seq, l.sender, l.sealed, l.name, l.hash
from here left join (
  select * from lines where seq < coalesce((select seq from unsent), 2147483647) order by seq limit $3
) l on true order by l.seq`

/** Reads back what was said at an address after number `after`; nothing when nobody ever spoke there. */
export async function readTranscript(
  db: Db,
  sealing: Sealing,
  where: { office: string; channel: string; address: string },
  after: number,
): Promise<Line[]> {
  const { rows } = await db.pool.query<Row & { hash: Buffer | null }>({
    name: 'read-transcript',
    text: READ,
    values: [hashOfAddress(sealing, where), after, MOST],
  })
  const lines: Line[] = []
  for (const row of rows) {
    if (row.seq === null || row.sealed === null) continue
    const line = openLine(sealing, { ...row, seq: row.seq, sealed: row.sealed }, lines)
    if (line !== undefined) lines.push(line)
  }
  return lines
}

/** One that cannot be read keeps its place, so that it does not hide all that was said after it. */
const UNREADABLE = '(Pesan ini tidak dapat dibaca lagi. / This message can no longer be read.)'

function openLine(
  sealing: Sealing,
  row: Row & { hash: Buffer | null; seq: number; sealed: Buffer },
  before: Line[],
): Line | undefined {
  const { seq, sender, sealed } = row
  try {
    const key = sealing.unwrap(row.wrapped_key, `conversations.${row.id}`)
    if (sender !== null) {
      const said = JSON.parse(sealing.open(key, `outbox.${row.name}`, sealed)) as Omit<Line, 'seq' | 'from'>
      return { seq, from: sender, ...said }
    }
    const place = `inbox.${row.hash?.toString('base64url')}` as const
    const [heard] = JSON.parse(sealing.open(key, place, sealed)) as Heard[]
    return heard === undefined ? undefined : heardLine(seq, heard, before)
  } catch {
    return { seq, from: sender ?? 'citizen', text: UNREADABLE }
  }
}

type Heard = {
  type: string
  text: string
  staff?: string
  choice?: string
  file?: { id: string }
  location?: { latitude: number; longitude: number }
}

function heardLine(seq: number, heard: Heard, before: Line[]): Line {
  const label = heard.choice === undefined ? undefined : labelOf(heard.choice, before)
  const place =
    heard.location === undefined ? undefined : `${heard.location.latitude}, ${heard.location.longitude}`
  return {
    seq,
    from: heard.type === 'staff_said' ? 'staff' : 'citizen',
    text: heard.text !== '' ? heard.text : (label ?? place ?? ''),
    ...(heard.file === undefined ? {} : { file: heard.file.id }),
    ...(heard.staff === undefined ? {} : { as: heard.staff }),
  }
}

/** A pressed button is shown as its label, found among what was offered before it. */
function labelOf(choice: string, before: Line[]): string | undefined {
  for (const { options } of before.toReversed()) {
    const found = options?.find(({ id }) => id === choice)
    if (found !== undefined) return found.label
  }
  return undefined
}
