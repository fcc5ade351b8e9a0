import type { Queryable } from './db.ts'
import { hashOfAddress } from './look-up.ts'
import type { Sealing } from './sealing.ts'

/**
 * When somebody last said something at an address, as we stored it: from the number of their last message in the inbox, so nothing
 * is written for it. Undefined where nobody has, and where what was said belongs to an anonymous report: of that no time is kept.
 */
export async function lastHeard(
  on: Queryable,
  sealing: Sealing,
  where: { office: string; channel: string; address: string },
): Promise<Date | undefined> {
  const { rows } = await on.query<{ received_at: Date }>({
    name: 'last-heard',
    text: `select i.received_at from conversations c join lateral (
        select received_at from inbox where conversation_id = c.id and seq is not null order by seq desc limit 1
      ) i on true
      where c.address_hash = $1`,
    values: [hashOfAddress(sealing, where)],
  })
  return rows[0]?.received_at
}
