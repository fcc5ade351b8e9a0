import type { ChannelName } from '../channels/channel.ts'
import type { Version } from './announcements.ts'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** A chat nobody knows of whether it has an announcement: its message was handed over and the answer was lost. */
export type Unheard = { conversationId: string; channel: ChannelName; at: Date }

type Which = Pick<Version, 'id' | 'version'>

/** The first of them, in an order that stays. */
export async function unheardOf(on: Queryable, { id, version }: Which, most: number): Promise<Unheard[]> {
  const { rows } = await on.query<Unheard>({
    name: 'unheard-of',
    text: `select conversation_id as "conversationId", channel, changed_at as at from announced
      where announcement_id = $1 and version = $2 and state = 'unknown' order by conversation_id limit $3`,
    values: [id, version, most],
  })
  return rows
}

/** What a chat is called where nobody may learn whose it is: enough to find it again, and nothing of anybody. */
export function markOfChat(conversationId: string): string {
  return `#${conversationId.slice(0, 8)}`
}

/** The addresses of chats as their platforms give them, by chat; those whose key cannot be read are left out. */
export async function addressesOf(
  on: Queryable,
  sealing: Sealing,
  conversationIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await on.query<{ id: string; channel: ChannelName; address: Buffer; wrapped_key: Buffer }>(
    `select id, channel, address, wrapped_key from conversations where id = any($1::uuid[])`,
    [conversationIds],
  )
  return new Map(
    rows.map(({ id, channel, address, wrapped_key }) => {
      // A session of the web chat says nothing about anybody, and is a secret.
      if (channel === 'web') return [id, 'web']
      const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
      return [id, sealing.open(key, `conversations.address.${id}`, address)]
    }),
  )
}
