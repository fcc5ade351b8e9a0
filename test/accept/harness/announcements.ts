import { randomUUID } from 'node:crypto'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import { privatePlace } from '../../helpers/telegram/world.ts'
import { OFFICES, type TelegramHouse } from './telegram-house.ts'

/** Announcements to one chat, numbered, so that their order can be seen. */
const PER_CHAT = 2
const ROWS = 500

export type Announced = { chats: number[]; perChat: number }

/**
 * Writes `count` announcements into the outbox as turns write what they say: sealed to their key, due now, of the given urgency.
 * Their readers opened the bot long ago.
 */
export async function announce(house: TelegramHouse, count: number, urgency: number): Promise<Announced> {
  const { records, telegram } = house
  const { db, sealing } = records
  const office = OFFICES[0]
  const chats = Array.from({ length: Math.ceil(count / PER_CHAT) }, () => {
    const { id, user } = telegram.user('Warga')
    privatePlace(telegram.world, telegram.bot.state, user).door = 'open'
    return id
  })
  for (let first = 0; first < chats.length; first += ROWS) {
    const rows = chats.slice(first, first + ROWS).map(chat => {
      const id = randomUUID()
      const where = { office, channel: 'telegram' as const, address: String(chat) }
      const { key, wrapped } = sealing.newKey(`conversations.${id}`)
      const said = Array.from({ length: PER_CHAT }, (_, n) => {
        const name = `${id}/1/${n}`
        return {
          key: name,
          sealed: sealing.seal(key, `outbox.${name}`, JSON.stringify({ text: textOf(n + 1) })),
        }
      })
      return {
        id,
        hash: hashOfAddress(sealing, where),
        address: sealing.seal(key, `conversations.address.${id}`, where.address),
        state: sealing.seal(key, `conversations.state.${id}`, '{}'),
        wrapped,
        said,
      }
    })
    await db.pool.query(
      `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq,
         language, updated_at)
       select i, $6, 'telegram', h, 'citizen', a, w, s, 1, $7, 'id', now()
       from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[]) as u(i, h, a, w, s)`,
      [
        rows.map(({ id }) => id),
        rows.map(({ hash }) => hash),
        rows.map(({ address }) => address),
        rows.map(({ wrapped }) => wrapped),
        rows.map(({ state }) => state),
        office,
        PER_CHAT,
      ],
    )
    const said = rows.flatMap(({ id, said: all }) => all.map((one, n) => ({ ...one, id, seq: n + 1 })))
    await db.pool.query(
      `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, urgency, due_at, created_at)
       select k, $5, 'telegram', c, q, 'bot', s, 'waiting', $6, now(), now()
       from unnest($1::text[], $2::uuid[], $3::int[], $4::bytea[]) as u(k, c, q, s)`,
      [
        said.map(({ key }) => key),
        said.map(({ id }) => id),
        said.map(({ seq }) => seq),
        said.map(({ sealed }) => sealed),
        office,
        urgency,
      ],
    )
  }
  return { chats, perChat: PER_CHAT }
}

export function textOf(number: number): string {
  return `Pengumuman ${number}: pendaftaran dibuka hari Senin.`
}

/** What the chats got: announcements that are missing, that came twice, and that came before one they should follow. */
export function judgeAnnounced({ telegram }: TelegramHouse, { chats, perChat }: Announced) {
  const got = new Map<number, string[]>()
  for (const call of telegram.callsOf('sendMessage')) {
    if (call.answer !== 200) continue
    const chat = Number(call.fields.chat_id)
    got.set(chat, [...(got.get(chat) ?? []), String(call.fields.text)])
  }
  const wanted = Array.from({ length: perChat }, (_, n) => textOf(n + 1))
  let [lost, twice, outOfOrder] = [0, 0, 0]
  for (const chat of chats) {
    const heard = got.get(chat) ?? []
    const known = new Set(heard)
    twice += heard.length - known.size
    lost += wanted.filter(text => !known.has(text)).length
    if ([...known].join() !== wanted.filter(text => known.has(text)).join()) outOfOrder += 1
  }
  return { lost, twice, outOfOrder }
}
