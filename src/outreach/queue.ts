import type { Room } from '../actions/action.ts'
import type { ChannelName } from '../channels/channel.ts'
import { announcementText } from '../desk/announcement-words.ts'
import { FIRST } from '../outbox/pace.ts'
import type { Version } from '../records/announcements.ts'
import { byteArray, intArray, textArray, uuidArray } from '../records/arrays.ts'

type Recipient = {
  conversation_id: string
  last_seq: number
  wrapped_key: Buffer
  language: string
  correction: boolean
}

// Who is in a turn just now is left for the next time; nobody waits here, so nobody waits in a circle.
const NEXT = `
with next as (
  select a.conversation_id, a.correction from announced a join conversations c on c.id = a.conversation_id
  where a.announcement_id = $1 and a.version = $2 and a.channel = $3 and a.state = 'planned'
    and not c.stopped and c.wipe_after is null
  order by a.conversation_id limit $4 for update of a, c skip locked
)
update conversations c set last_seq = last_seq + 1 from next n where c.id = n.conversation_id
returning n.conversation_id, c.last_seq, c.wrapped_key, c.language, n.correction`

// Those who said STOP since, and chats that are gone.
const DROP = `
update announced a set state = 'dropped', changed_at = now(),
  cause = case when exists (select 1 from conversations c where c.id = a.conversation_id) then 'withheld' else 'gone' end
where a.announcement_id = $1 and a.version = $2 and a.channel = $3 and a.state = 'planned'
  and not exists (select 1 from conversations c where c.id = a.conversation_id and not c.stopped and c.wipe_after is null)`

const PUT = `
with put as (
  insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, urgency, due_at, created_at)
  select u.key, $1, $2, u.chat, u.seq, 'bot', u.sealed, 'waiting', ${FIRST}, now(), now()
  from unnest($3::text[], $4::uuid[], $5::int[], $6::bytea[]) as u(key, chat, seq, sealed)
  returning id, conversation_id
)
update announced a set state = 'queued', outbox_id = put.id, changed_at = now()
from put where a.announcement_id = $7 and a.version = $8 and a.conversation_id = put.conversation_id`

/** Puts up to `most` recipients of one channel into the outbox, each message sealed like all we say; gives how many. */
export async function queueSome(
  { client, sealing, houseOf }: Room,
  version: Version,
  channel: ChannelName,
  most: number,
): Promise<number> {
  const { id, office } = version
  await client.query(DROP, [id, version.version, channel])
  const { rows } = await client.query<Recipient>(NEXT, [id, version.version, channel, most])
  if (rows.length === 0) return 0
  const texts = new Map<string, string>()
  const bodyFor = ({ language, correction }: Recipient): string => {
    const name = `${language}/${correction}`
    const known =
      texts.get(name) ??
      JSON.stringify({ text: announcementText(houseOf(office).office, { ...version, correction }, language) })
    texts.set(name, known)
    return known
  }
  const said = rows.map(row => {
    const key = `${row.conversation_id}/announced/${id}/${version.version}`
    const own = sealing.unwrap(row.wrapped_key, `conversations.${row.conversation_id}`)
    return {
      key,
      chat: row.conversation_id,
      seq: row.last_seq,
      sealed: sealing.seal(own, `outbox.${key}`, bodyFor(row)),
    }
  })
  await client.query(PUT, [
    office,
    channel,
    textArray(said.map(one => one.key)),
    uuidArray(said.map(one => one.chat)),
    intArray(said.map(one => one.seq)),
    byteArray(said.map(one => one.sealed)),
    id,
    version.version,
  ])
  return rows.length
}
