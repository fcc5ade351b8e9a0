import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import { faultOf } from '../lib/log.ts'
import { type Db, transaction } from '../records/db.ts'
import { type Arrival, packArrival, placeOf } from './arrival.ts'
import { tellOfQuarantine } from './tell-of-quarantine.ts'

/** Five attempts or two minutes, whichever is first; then it is quarantined and people are told. */
export const ATTEMPTS = 5
const PATIENCE_SECONDS = 120
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
    const kept = await store(client, room, arrival, { attempts, error: String(faultOf(error).fault) })
    const quarantined = kept?.status === 'quarantined'
    if (kept !== undefined && quarantined) await tellOfQuarantine(client, room, arrival, kept.id)
    return { quarantined }
  })
}

type Kept = { id: number; status: 'pending' | 'quarantined' }

// How long it has been tried is counted from when we had it: a platform's backlog may be hours old.
const STORE = `
insert into inbox (office, channel, message_hash, address_hash, status, sealed, attempts, error, due_at, received_at)
values ($1, $2, $3, $4, case when $6::int >= $9::int then 'quarantined' else 'pending' end, $5, $6::int, $7,
  now() + $8::int * interval '1 second', now())
on conflict (message_hash) do update set attempts = excluded.attempts, error = excluded.error, due_at = excluded.due_at,
  status = case when now() - inbox.received_at > $10::int * interval '1 second' then 'quarantined' else excluded.status end
  where inbox.status = 'pending'
returning id, status`

async function store(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
  { attempts, error }: { attempts: number; error: string },
): Promise<Kept | undefined> {
  const { rows } = await client.query<Kept>(STORE, [
    arrival.office,
    arrival.channel,
    arrival.messageHash,
    arrival.told ? null : arrival.addressHash,
    room.sealing.sealLoose(placeOf(arrival), packArrival(arrival)),
    attempts,
    error,
    PAUSES[attempts - 1] ?? 60,
    ATTEMPTS,
    PATIENCE_SECONDS,
  ])
  return rows[0]
}
