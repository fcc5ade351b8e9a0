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
  // Asked for one address at a time: as a join, planned while nobody waits, it compares each that waits with every other, and a backlog of
  // some thousands is then never worked off.
  const { rows } = await db.pool.query<WaitingRow>({
    name: 'waiting-arrivals',
    text: `select id, office, channel, message_hash, sealed, attempts from inbox i
      where status = 'pending' and due_at <= now() and (i.address_hash is null or (
        select e.id from inbox e where e.status = 'pending' and e.address_hash = i.address_hash and e.id < i.id
          and e.due_at > now() limit 1) is null)
      order by id limit $1`,
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
