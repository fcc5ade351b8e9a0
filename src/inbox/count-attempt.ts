import type { Room } from '../actions/action.ts'
import type { Db } from '../records/db.ts'
import { type Arrival, packArrival, placeOf } from './arrival.ts'
import { ATTEMPTS, PAUSES } from './set-aside.ts'

/** After the last attempt nothing is tried any more: whoever finds it then only sets it aside. */
const WAITS = [...PAUSES.slice(0, ATTEMPTS - 1), 1]
/** The kind of failure noted for a message that was tried and never finished. */
const UNFINISHED = 'died'

// Behind an older message of its address it is stored and not counted: it will not be tried now.
const FIRST = `
insert into inbox (office, channel, message_hash, address_hash, status, sealed, attempts, error, due_at, received_at)
select $1, $2, $3, $4, 'pending', $5, case when b.blocked then 0 else 1 end, $6,
  now() + case when b.blocked then 0 else $7 end * interval '1 second', now()
from (select exists (select 1 from inbox where status = 'pending' and address_hash = $4) as blocked) b
on conflict (message_hash) do nothing
returning id, attempts`

// Found by its hash: the index of what waits, which a plan takes for empty, would be walked whole.
const AGAIN = `
update inbox set attempts = attempts + 1, error = $2,
  due_at = now() + ($3::int[])[least(attempts + 1, cardinality($3::int[]))] * interval '1 second'
where message_hash = $1 and status || '' = 'pending' and (
  select e.id from inbox e where e.status = 'pending' and e.address_hash = inbox.address_hash and e.id < inbox.id limit 1) is null
returning id, attempts`

type Counted = { id: number; attempts: number }

/**
 * Stores a message with this attempt counted, in a commit of its own, so that one that kills the process is known to have
 * done so. Gives the arrival as it now stands in the inbox, with the attempts before this one; or why it is not to be tried
 * now: it was seen before, or must wait behind an older one of its address and is stored.
 */
export async function countAttempt(
  db: Db,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
): Promise<Arrival | 'repeat' | 'behind'> {
  const { office, channel, messageHash, addressHash } = arrival
  if (arrival.row !== null || arrival.told) {
    const { rows } = await db.pool.query<Counted>(AGAIN, [messageHash, UNFINISHED, WAITS])
    return rows[0] === undefined ? 'repeat' : counted(arrival, rows[0])
  }
  const sealed = room.sealing.sealLoose(placeOf(arrival), packArrival(arrival))
  const values = [office, channel, messageHash, addressHash, sealed, UNFINISHED, WAITS[0]]
  const { rows } = await db.pool.query<Counted>(FIRST, values)
  if (rows[0] === undefined) return 'repeat'
  return rows[0].attempts === 0 ? 'behind' : counted(arrival, rows[0])
}

function counted(arrival: Arrival, { id, attempts }: Counted): Arrival {
  return { ...arrival, row: { id, attempts: attempts - 1 } }
}
