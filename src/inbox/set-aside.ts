import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import { faultOf } from '../lib/log.ts'
import { type Db, transaction } from '../records/db.ts'
import { type Arrival, packArrival, placeOf } from './arrival.ts'
import { tellOfQuarantine } from './tell-of-quarantine.ts'

/** Five attempts or two minutes, whichever is first; then it is quarantined and people are told. */
export const ATTEMPTS = 5
const PATIENCE_MS = 120_000
/** Seconds before the next attempt, by the number of those made. */
export const PAUSES = [1, 5, 15, 30, 60]

/**
 * Stores a message whose turn threw, to be tried again; after five attempts or two minutes it is quarantined,
 * its citizen and the desk are told, and the chat goes on with what came after it.
 */
export function setAside(
  db: Db,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
  error: unknown,
): Promise<{ quarantined: boolean }> {
  return transaction(db, async client => {
    const attempts = (arrival.row?.attempts ?? 0) + 1
    const old = Date.now() - arrival.at.getTime() > PATIENCE_MS && attempts > 1
    const quarantined = attempts >= ATTEMPTS || old
    const row = await store(client, room, arrival, {
      attempts,
      quarantined,
      error: String(faultOf(error).fault),
    })
    if (row !== undefined && quarantined) await tellOfQuarantine(client, room, arrival, row)
    return { quarantined: quarantined && row !== undefined }
  })
}

type Fate = { attempts: number; quarantined: boolean; error: string }

async function store(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
  { attempts, quarantined, error }: Fate,
): Promise<number | undefined> {
  const { rows } = await client.query<{ id: number }>(
    `insert into inbox (office, channel, message_hash, address_hash, status, sealed, attempts, error, due_at, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 second', now())
     on conflict (message_hash) do update set status = excluded.status, attempts = excluded.attempts,
       error = excluded.error, due_at = excluded.due_at
       where inbox.status = 'pending' returning id`,
    [
      arrival.office,
      arrival.channel,
      arrival.messageHash,
      arrival.told ? null : arrival.addressHash,
      quarantined ? 'quarantined' : 'pending',
      room.sealing.sealLoose(placeOf(arrival), packArrival(arrival)),
      attempts,
      error,
      PAUSES[attempts - 1] ?? 60,
    ],
  )
  return rows[0]?.id
}
