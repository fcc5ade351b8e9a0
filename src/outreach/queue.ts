import type { Room } from '../actions/action.ts'
import type { ChannelName } from '../channels/channel.ts'
import { announcementText } from '../desk/announcement-words.ts'
import type { Version } from '../records/announcements.ts'
import { putFirst } from './put-first.ts'

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

const QUEUED = `
update announced a set state = 'queued', outbox_id = u.id, changed_at = now()
from unnest($3::uuid[], $4::bigint[]) as u(chat, id)
where a.announcement_id = $1 and a.version = $2 and a.conversation_id = u.chat`

const UNREADABLE = `
update announced set state = 'failed', cause = 'unreadable', changed_at = now()
where announcement_id = $1 and version = $2 and conversation_id = any($3::uuid[])`

/** Puts up to `most` recipients of one channel into the outbox, each message sealed like all we say; gives how many. */
export async function queueSome(
  room: Room,
  version: Version,
  channel: ChannelName,
  most: number,
): Promise<number> {
  const { client } = room
  const { id, office } = version
  await client.query(DROP, [id, version.version, channel])
  const { rows } = await client.query<Recipient>(NEXT, [id, version.version, channel, most])
  if (rows.length === 0) return 0
  const texts = new Map<string, string>()
  const textFor = ({ language, correction }: Recipient): string => {
    const name = `${language}/${correction}`
    const text =
      texts.get(name) ?? announcementText(room.houseOf(office), { ...version, correction }, language)
    texts.set(name, text)
    return text
  }
  const put = await putFirst(
    room,
    office,
    rows.map(row => ({
      conversationId: row.conversation_id,
      channel,
      seq: row.last_seq,
      wrappedKey: row.wrapped_key,
      key: `${row.conversation_id}/announced/${id}/${version.version}`,
      body: { text: textFor(row) },
    })),
  )
  await client.query(QUEUED, [id, version.version, [...put.keys()], [...put.values()]])
  const unreadable = rows.filter(row => !put.has(row.conversation_id)).map(row => row.conversation_id)
  if (unreadable.length > 0) await client.query(UNREADABLE, [id, version.version, unreadable])
  return rows.length
}
