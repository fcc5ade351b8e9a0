import type { ChannelName } from '../channels/channel.ts'
import type { Office } from '../offices/office.ts'
import { FIRST } from '../outbox/pace.ts'
import type { Queryable } from '../records/db.ts'

/** Messages of one channel that may wait in the outbox: ten seconds of Telegram's pace, so that a stop, or the night, finds few. */
const AHEAD = 300
/** With those that wait for a time their platform named: in a storm they are many, and others need not wait for them. */
const MOST = 2_000

/** How many more messages said first the outbox takes for a channel now; of a linked number no more than its day allows. */
export async function roomIn(on: Queryable, office: Office, channel: ChannelName): Promise<number> {
  const { rows } = await on.query<{ due: number; all: number }>({
    name: 'room-in',
    text: `select count(*) filter (where due_at <= now())::int as due, count(*)::int as all from outbox
      where office = $1 and channel = $2 and urgency = ${FIRST} and status in ('waiting', 'sending')`,
    values: [office.id, channel],
  })
  const { due = 0, all = 0 } = rows[0] ?? {}
  const most = Math.min(AHEAD - due, MOST - all)
  return channel === 'whatsapp' && most > 0 ? Math.min(most, await leftToday(on, office)) : most
}

/** By the database's clock, as all limits are. */
async function leftToday(on: Queryable, { id, zone, linked_number_first_a_day }: Office): Promise<number> {
  const { rows } = await on.query<{ count: number }>(
    `select count(*)::int as count from outbox where office = $1 and channel = 'whatsapp' and urgency = ${FIRST}
       and created_at >= date_trunc('day', now() at time zone $2) at time zone $2 and status <> 'failed'`,
    [id, zone],
  )
  return linked_number_first_a_day - (rows[0]?.count ?? 0)
}
