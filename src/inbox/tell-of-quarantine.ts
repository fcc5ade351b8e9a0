import type { PoolClient } from 'pg'
import type { Room } from '../actions/action.ts'
import type { DataKey } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'
import { type ConversationRow, openFresh } from './open-conversation.ts'
import { storeTold } from './store-told.ts'
import { atRestIfStuck } from './stuck-state.ts'

const SORRY: Readonly<Record<string, string>> = {
  id: 'Maaf, pesan Bapak/Ibu yang terakhir gagal kami proses karena gangguan di pihak kami. Petugas sudah diberi tahu. Silakan kirim lagi, atau ketik *petugas*.',
  en: 'Sorry, we could not process your last message because of a fault on our side. Staff have been told. Please send it again, or type *staff*.',
}

const LOST: Readonly<Record<string, string>> = {
  id: 'Maaf, ada kabar dari kantor yang gagal kami tampilkan di sini. Petugas sudah diberi tahu. Ketik *status* untuk membaca laporan Bapak/Ibu.',
  en: 'Sorry, there is news from the office that we could not show here. Staff have been told. Type *status* to read your report.',
}

const DROPPED: Readonly<Record<string, string>> = {
  id: 'Isian yang sedang berjalan di sini tidak dapat dilanjutkan karena gangguan itu. Ketik *menu* untuk mulai lagi.',
  en: 'What was open here cannot be continued because of that fault. Type *menu* to start again.',
}

/** What the citizen is told; of our own clockwork nothing, unless it cost them what was open. */
function wordsFor(arrival: Arrival, language: string, isReset: boolean): string {
  if (arrival.party !== 'citizen') return ''
  const lost = arrival.said.type === 'silence' ? undefined : arrival.told ? LOST : SORRY
  const told = [lost, isReset ? DROPPED : undefined].filter(words => words !== undefined)
  return told.map(words => words[language] ?? words.id).join('\n\n')
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
  const key = stands && keyOf(room, stands)
  if (stands !== undefined && key !== undefined)
    await tellCitizen(client, room, arrival, { stands, key, row })
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

/** Nothing can be said, not even sealed, where the conversation's own key is damaged: only the desk hears of it. */
function keyOf(room: Omit<Room, 'client'>, { id, wrapped_key: wrapped }: Standing): DataKey | undefined {
  try {
    return room.sealing.unwrap(wrapped, `conversations.${id}`)
  } catch {
    return undefined
  }
}

/** Lets the chat go on: puts a state that no message can be taken in to rest, and tells the citizen. */
async function tellCitizen(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
  { stands, key, row }: { stands: Standing; key: DataKey; row: number },
): Promise<void> {
  const { id, channel, language, last_seq: lastSeq } = stands
  const rest = atRestIfStuck(room, stands, key, arrival)
  if (rest !== undefined) {
    await client.query(
      `update conversations set state = $2, flow = null, step = null, waiting = null, version = null, parked = null
       where id = $1`,
      [id, rest],
    )
  }
  const text = wordsFor(arrival, language, rest !== undefined)
  if (text === '') return
  const sayKey = `${id}/quarantine/${row}`
  const sealed = room.sealing.seal(key, `outbox.${sayKey}`, JSON.stringify({ text }))
  await client.query(
    `with counted as (update conversations set last_seq = last_seq + 1 where id = $4)
     insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
     values ($1, $2, $3, $4, $5, 'bot', $6, 'waiting', now(), now())`,
    [sayKey, arrival.office, channel, id, lastSeq + 1, sealed],
  )
}

type Standing = ConversationRow & { language: string }

/** The conversation of what was given up, locked; opened at rest when it was the first thing ever said at its address. */
async function standing(
  client: PoolClient,
  room: Omit<Room, 'client'>,
  arrival: Arrival,
): Promise<Standing | undefined> {
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
  const { rows } = await client.query<Standing>(
    'select * from conversations where address_hash = $1 or id = $2 for update',
    [addressHash, 'conversationId' in to ? to.conversationId : null],
  )
  return rows[0]
}
