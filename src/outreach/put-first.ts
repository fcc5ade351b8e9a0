import type { Room } from '../actions/action.ts'
import type { ChannelName } from '../channels/channel.ts'
import { FIRST } from '../outbox/pace.ts'
import { byteArray, intArray, textArray, uuidArray } from '../records/arrays.ts'
import type { DataKey } from '../records/sealing.ts'

/** Something to be said first, at a conversation whose number was raised for it and whose lock is ours. */
export type First = {
  conversationId: string
  channel: ChannelName
  seq: number
  wrappedKey: Buffer
  key: string
  body: { text: string; title?: string }
}

/** Puts it into the outbox, sealed like all we say; gives the ids there by conversation. A chat whose key cannot be read is left out. */
export async function putFirst(
  { client, sealing }: Room,
  office: string,
  all: readonly First[],
): Promise<Map<string, number>> {
  const ready = all.flatMap(one => {
    const own = keyOf(sealing, one)
    return own === undefined
      ? []
      : [{ ...one, sealed: sealing.seal(own, `outbox.${one.key}`, JSON.stringify(one.body)) }]
  })
  const { rows } = await client.query<{ id: number; conversation_id: string }>({
    name: 'put-first',
    text: `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, urgency, due_at, created_at)
      select u.key, $1, u.channel, u.chat, u.seq, 'bot', u.sealed, 'waiting', ${FIRST}, now(), now()
      from unnest($2::text[], $3::text[], $4::uuid[], $5::int[], $6::bytea[]) as u(key, channel, chat, seq, sealed)
      returning id, conversation_id`,
    values: [
      office,
      textArray(ready.map(({ key }) => key)),
      textArray(ready.map(({ channel }) => channel)),
      uuidArray(ready.map(({ conversationId }) => conversationId)),
      intArray(ready.map(({ seq }) => seq)),
      byteArray(ready.map(({ sealed }) => sealed)),
    ],
  })
  return new Map(rows.map(({ id, conversation_id }) => [conversation_id, Number(id)]))
}

function keyOf(sealing: Room['sealing'], { conversationId, wrappedKey }: First): DataKey | undefined {
  try {
    return sealing.unwrap(wrappedKey, `conversations.${conversationId}`)
  } catch {
    return undefined
  }
}
