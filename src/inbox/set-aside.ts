import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import { restingState } from '../conversation/state.ts'
import { faultOf } from '../lib/log.ts'
import { type Db, transaction } from '../records/db.ts'
import type { DataKey } from '../records/sealing.ts'
import { type Arrival, packArrival } from './arrival.ts'
import { type ConversationRow, openRow } from './open-conversation.ts'
import { arrivalOfTell } from './tell.ts'

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
    if (row !== undefined && quarantined) await tellThem(client, room, arrival, row)
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
  const place = `inbox.${arrival.messageHash.toString('base64url')}` as const
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
      room.sealing.sealLoose(place, packArrival(arrival)),
      attempts,
      error,
      PAUSES[attempts - 1] ?? 60,
    ],
  )
  return rows[0]?.id
}

/** A message to the citizen past the engine, since it may be the engine that failed; a note to the desk. */
async function tellThem(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
  row: number,
): Promise<void> {
  const { office, book } = room.houseOf(arrival.office)
  if (arrival.party === 'citizen') {
    const { rows } = await client.query<ConversationRow>(
      'select * from conversations where address_hash = $1 or id = $2 for update',
      [arrival.addressHash, 'conversationId' in arrival.to ? arrival.to.conversationId : null],
    )
    const stands = rows[0]
    if (stands !== undefined) {
      const { id, channel, last_seq: lastSeq } = stands
      const key = room.sealing.unwrap(stands.wrapped_key, `conversations.${id}`)
      const sayKey = `${id}/quarantine/${row}`
      const text = book.house.phrases.sorry_failed?.id ?? 'Maaf, pesan Anda belum dapat diproses.'
      const sealed = room.sealing.seal(key, `outbox.${sayKey}`, JSON.stringify({ text }))
      await client.query(
        `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
         values ($1, $2, $3, $4, $5, 'bot', $6, 'waiting', now(), now())`,
        [sayKey, arrival.office, channel, id, lastSeq + 1, sealed],
      )
      await client.query(
        'update conversations set last_seq = last_seq + 1, state = coalesce($2, state) where id = $1',
        [id, atRestIfUnreadable(room, stands, key)],
      )
    }
  }
  const general = Object.entries(office.desks).find(([, desk]) => !desk.restricted)?.[0]
  if (general === undefined || arrival.said.type === 'quarantined') return
  const tell = arrivalOfTell(
    {
      key: `quarantine/${row}`,
      office: arrival.office,
      to: { desk: general },
      said: { type: 'quarantined', row },
      at: new Date(),
    },
    room.sealing,
  )
  const place = `inbox.${tell.messageHash.toString('base64url')}` as const
  await client.query(
    `insert into inbox (office, channel, message_hash, status, sealed, due_at, received_at)
     values ($1, $2, $3, 'pending', $4, now(), now()) on conflict do nothing`,
    [tell.office, tell.channel, tell.messageHash, room.sealing.sealLoose(place, packArrival(tell))],
  )
}

/**
 * A state at rest for a conversation whose own nobody can read: every message there would be quarantined otherwise. The turn
 * goes on counting, as keys of what is said are made of it.
 */
function atRestIfUnreadable(room: Omit<Room, 'client'>, row: ConversationRow, key: DataKey): Buffer | null {
  try {
    openRow(row, room.sealing)
    return null
  } catch {
    const [language = 'id'] = room.houseOf(row.office).office.languages
    const rest = JSON.stringify({ ...restingState(language), turn: row.turn })
    return room.sealing.seal(key, `conversations.state.${row.id}`, rest)
  }
}
