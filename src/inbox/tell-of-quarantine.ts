import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import { restingState } from '../conversation/state.ts'
import type { DataKey } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'
import { type ConversationRow, openRow } from './open-conversation.ts'
import { storeTold } from './store-told.ts'

/**
 * Tells of a message that was given up: the citizen past the engine, since it may be the engine that failed, and the desk
 * without a word of what it was. `row` is its number in the inbox.
 */
export async function tellOfQuarantine(
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
  if (arrival.said.type === 'quarantined') return
  const general = Object.entries(office.desks).find(([, desk]) => !desk.restricted)?.[0]
  if (general === undefined) return
  await storeTold(client, room.sealing, {
    key: `quarantine/${row}`,
    office: arrival.office,
    to: { desk: general },
    said: { type: 'quarantined', row },
    at: new Date(),
  })
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
