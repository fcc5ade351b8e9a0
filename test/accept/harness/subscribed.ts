import { randomUUID } from 'node:crypto'
import {
  addVersion,
  approve,
  latestVersion,
  newAnnouncement,
  sendFrom,
  type Words,
} from '../../../src/records/announcements.ts'
import { ANY } from '../../../src/records/audience.ts'
import { hashOfAddress } from '../../../src/records/look-up.ts'
import type { FakeTelegram } from '../../helpers/telegram/fake.ts'
import { privatePlace } from '../../helpers/telegram/world.ts'
import type { Records } from './server.ts'

const ROWS = 500
/** Before the noon at which the children live. */
const MORNING = new Date('2026-11-23T02:00:00Z')

/** Citizens of an office who opened its bot long ago and asked for its news; gives their chats on Telegram. */
export async function subscribed(
  { db, sealing }: Records,
  telegram: FakeTelegram,
  office: string,
  count: number,
): Promise<Map<string, number>> {
  const bot = telegram.bots.find(({ state }) => state.user.username?.startsWith(office)) ?? telegram.bot
  const all = Array.from({ length: count }, () => {
    const { id: chat, user } = telegram.user('Warga')
    privatePlace(telegram.world, bot.state, user).door = 'open'
    const id = randomUUID()
    const where = { office, channel: 'telegram', address: String(chat) }
    const { key, wrapped } = sealing.newKey(`conversations.${id}`)
    return {
      id,
      chat,
      hash: hashOfAddress(sealing, where),
      address: sealing.seal(key, `conversations.address.${id}`, where.address),
      state: sealing.seal(key, `conversations.state.${id}`, '{}'),
      wrapped,
    }
  })
  for (let first = 0; first < all.length; first += ROWS) {
    const rows = all.slice(first, first + ROWS)
    await db.pool.query(
      `with chats as (
         insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq,
           language, updated_at)
         select i, $6, 'telegram', h, 'citizen', a, w, s, 1, 0, 'id', now()
         from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[]) as u(i, h, a, w, s) returning id
       )
       insert into subscriptions (office, conversation_id, topic, kind, education, stage, place, created_at)
       select $6, id, 'news', '', '', '', '', now() from chats`,
      [
        rows.map(({ id }) => id),
        rows.map(({ hash }) => hash),
        rows.map(({ address }) => address),
        rows.map(({ wrapped }) => wrapped),
        rows.map(({ state }) => state),
        office,
      ],
    )
  }
  return new Map(all.map(({ id, chat }) => [id, chat]))
}

/** One person drafts it, another approves it, and it is due; gives its id. */
export async function released({ db }: Records, office: string, words: Words): Promise<string> {
  const made = await newAnnouncement(db.pool, { office, about: null, desk: 'general' })
  if (made === undefined) throw new Error('There is no announcement.')
  const audience = { ...ANY, topic: 'news' as const }
  await addVersion(db.pool, made.id, {
    words,
    audience,
    toNew: true,
    by: { name: 'Rina', id: null },
    at: MORNING,
  })
  const version = await latestVersion(db.pool, office, made.code)
  if (version === undefined || !(await approve(db.pool, version, { name: 'Budi', id: null })))
    throw new Error('Nobody could approve it.')
  await sendFrom(db.pool, version, MORNING)
  return made.id
}
