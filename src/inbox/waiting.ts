import type { Tell } from '../actions/action.ts'
import { faultOf, type Log } from '../lib/log.ts'
import type { Db } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { type Arrival, unpackArrival, type WaitingRow } from './arrival.ts'

/** Whether a telling may be taken at once; later ones are found when their time has come. */
export function isDueNow(tell: Tell): boolean {
  return tell.delayMs === undefined
}

/**
 * Messages that stand in the inbox and whose time has come, the oldest of each address first. Those behind one that is still
 * to be tried again are left out: there may be many, and others wait too. A row nobody can read is set aside and holds up
 * nobody but itself.
 */
export async function waitingArrivals(
  parts: { db: Db; sealing: Sealing; log: Pick<Log, 'error'> },
  limit: number,
): Promise<Arrival[]> {
  const { db, sealing, log } = parts
  // What waits is read once. As a join, planned while nobody waits, each that waits is compared with every other, and a backlog of some
  // thousands is then never worked off.
  const { rows } = await db.pool.query<WaitingRow>({
    name: 'waiting-arrivals',
    text: `with waits as materialized (
        select id, due_at, case when address_hash is not null then
          min(id) filter (where due_at > now()) over (partition by address_hash) end as held_by
        from inbox where status = 'pending'
      ), next as materialized (
        select id from waits where due_at <= now() and (held_by is null or held_by > id) order by id limit $1
      )
      select i.id, i.office, i.channel, i.message_hash, i.sealed, i.attempts from next join inbox i on i.id = next.id
      order by i.id`,
    values: [limit],
  })
  const arrivals: Arrival[] = []
  for (const row of rows) {
    try {
      arrivals.push(unpackArrival(row, sealing))
    } catch (error) {
      log.error('a waiting message cannot be read and is set aside', { inboxId: row.id, ...faultOf(error) })
      // Found by its number: the index of what waits, which a plan takes for empty, would be walked whole.
      await db.pool.query(
        `update inbox set status = 'quarantined', error = 'unreadable', due_at = null
         where id = $1 and status || '' = 'pending'`,
        [row.id],
      )
    }
  }
  return arrivals
}
