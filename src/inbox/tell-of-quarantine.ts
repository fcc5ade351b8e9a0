import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import { restingState } from '../conversation/state.ts'
import { restingDesk } from '../desk/desk-state.ts'
import type { DataKey } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'
import { type ConversationRow, openFresh, openRow } from './open-conversation.ts'
import { storeTold } from './store-told.ts'

const SORRY: Readonly<Record<string, string>> = {
  id: 'Maaf, pesan Bapak/Ibu yang terakhir gagal kami proses karena gangguan di pihak kami. Petugas sudah diberi tahu. Silakan kirim lagi, atau ketik *petugas*.',
  en: 'Sorry, we could not process your last message because of a fault on our side. Staff have been told. Please send it again, or type *staff*.',
}

const LOST: Readonly<Record<string, string>> = {
  id: 'Maaf, ada kabar dari kantor yang gagal kami tampilkan di sini. Petugas sudah diberi tahu. Ketik *status* untuk membaca laporan Bapak/Ibu.',
  en: 'Sorry, there is news from the office that we could not show here. Staff have been told. Type *status* to read your report.',
}

/** What the citizen is told; of our own clockwork nothing. */
function wordsFor(arrival: Arrival, language: string): string | undefined {
  if (arrival.party !== 'citizen' || arrival.said.type === 'silence') return undefined
  const words = arrival.told ? LOST : SORRY
  return words[language] ?? words.id
}

/**
 * Tells of a message that was given up: the citizen past the engine, since it may be the engine that failed, and a desk
 * without a word of what it was. What failed at a desk is that desk's own matter: the general one must not even learn that
 * a restricted one was at work. `row` is its number in the inbox.
 */
export async function tellOfQuarantine(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
  row: number,
): Promise<void> {
  const stands = await standing(client, room, arrival)
  if (stands !== undefined) {
    const { id, channel, language, last_seq: lastSeq } = stands
    const key = room.sealing.unwrap(stands.wrapped_key, `conversations.${id}`)
    await client.query('update conversations set state = coalesce($2, state) where id = $1', [
      id,
      atRestIfUnreadable(room, stands, key),
    ])
    const text = wordsFor(arrival, language)
    if (text !== undefined) {
      const sayKey = `${id}/quarantine/${row}`
      const sealed = room.sealing.seal(key, `outbox.${sayKey}`, JSON.stringify({ text }))
      await client.query(
        `with counted as (update conversations set last_seq = last_seq + 1 where id = $4)
         insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
         values ($1, $2, $3, $4, $5, 'bot', $6, 'waiting', now(), now())`,
        [sayKey, arrival.office, channel, id, lastSeq + 1, sealed],
      )
    }
  }
  if (arrival.said.type === 'quarantined') return
  const { office } = room.houseOf(arrival.office)
  const general = Object.entries(office.desks).find(([, desk]) => !desk.restricted)?.[0]
  const desk = arrival.party === 'desk' ? arrival.desk : general
  if (desk === null || desk === undefined) return
  await storeTold(client, room.sealing, {
    key: `quarantine/${row}`,
    office: arrival.office,
    to: { desk },
    said: { type: 'quarantined', row },
    at: new Date(),
  })
}

/** The conversation of what was given up, locked; opened at rest when it was the first thing ever said at its address. */
async function standing(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
): Promise<(ConversationRow & { language: string }) | undefined> {
  const { to, addressHash } = arrival
  if (arrival.party === 'citizen' && 'address' in to && addressHash !== null) {
    const { languages } = room.houseOf(arrival.office).office
    const language = languages.find(spoken => spoken === arrival.language) ?? languages[0] ?? 'id'
    const fresh = openFresh({ ...arrival, to, addressHash }, language, room.sealing)
    await client.query(
      `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq,
         language, updated_at)
       values ($1, $2, $3, $4, 'citizen', $5, $6, $7, 0, 0, $8, now()) on conflict (address_hash) do nothing`,
      [
        fresh.id,
        fresh.office,
        fresh.channel,
        fresh.addressHash,
        fresh.address,
        fresh.wrappedKey,
        room.sealing.seal(fresh.key, `conversations.state.${fresh.id}`, JSON.stringify(fresh.state)),
        language,
      ],
    )
  }
  const { rows } = await client.query<ConversationRow & { language: string }>(
    'select * from conversations where address_hash = $1 or id = $2 for update',
    [addressHash, 'conversationId' in to ? to.conversationId : null],
  )
  return rows[0]
}

/**
 * A state at rest for a conversation whose own nobody can read: every message there would be quarantined otherwise. The turn
 * goes on counting, as keys of what is said are made of it.
 */
function atRestIfUnreadable(
  room: Omit<Room, 'client'>,
  row: ConversationRow & { language: string },
  key: DataKey,
): Buffer | null {
  try {
    openRow(row, room.sealing)
    return null
  } catch {
    const state = row.party === 'citizen' ? restingState(row.language) : restingDesk()
    return room.sealing.seal(
      key,
      `conversations.state.${row.id}`,
      JSON.stringify({ ...state, turn: row.turn }),
    )
  }
}
