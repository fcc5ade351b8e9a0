import type { Tell } from '../actions/action.ts'
import type { Queryable } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { packArrival, placeOf } from './arrival.ts'
import { arrivalOfTell } from './tell.ts'

/** Puts what is told outside of any turn into the inbox, once for its key. False when it was told before. */
export async function storeTold(on: Queryable, sealing: Sealing, tell: Tell): Promise<boolean> {
  const arrival = arrivalOfTell(tell, sealing)
  const { rowCount } = await on.query(
    `insert into inbox (office, channel, message_hash, status, sealed, due_at, received_at)
     values ($1, $2, $3, 'pending', $4, now(), now()) on conflict do nothing`,
    [
      arrival.office,
      arrival.channel,
      arrival.messageHash,
      sealing.sealLoose(placeOf(arrival), packArrival(arrival)),
    ],
  )
  return rowCount === 1
}
