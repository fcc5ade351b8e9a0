import { standingsOf } from '../records/channel-standings.ts'
import type { Queryable } from '../records/db.ts'
import { sessionOf } from '../records/whatsapp-session.ts'
import type { Seat } from './door.ts'

type Words = { id: string; en: string }

/** One way citizens reach the office: how it is, since when, and whose move it is where it is not well. */
export type ChannelState = {
  name: string
  state: 'up' | 'down' | 'unknown'
  since: Date | undefined
  words: Words
}

const WELL: Words = { id: 'Berjalan.', en: 'Works.' }
const UNSEEN: Words = {
  id: 'Belum ada kabar: belum ada pesan yang lewat sejak dipasang.',
  en: 'Nothing is known yet: no message has passed since it was set up.',
}

const REASONS: Record<string, Words> = {
  unreachable: {
    id: 'Tidak dapat dihubungi. Pesan menunggu dan dikirim begitu tersambung; periksa internet server.',
    en: 'Cannot be reached. Messages wait and leave once it can; look at the internet of the server.',
  },
  token: {
    id: 'Telegram menolak token bot. Pengelola server memasang token baru dari BotFather.',
    en: 'Telegram refuses the token of the bot. Whoever runs the server sets a new one from BotFather.',
  },
  conflict: {
    id: 'Token bot ini dipakai di tempat lain juga. Pengelola server mematikan yang satu.',
    en: 'The token of this bot is used elsewhere as well. Whoever runs the server stops the other one.',
  },
}

const LINKED: Record<string, Words> = {
  linked: { id: 'Nomor tertaut.', en: 'The number is linked.' },
  linking: { id: 'Sedang ditautkan.', en: 'It is being linked.' },
  unlinked: {
    id: 'Belum ditautkan. Administrator menautkannya di halaman Kanal.',
    en: 'Not linked yet. The administrator links it on the page Channels.',
  },
  stopped: {
    id: 'Berhenti. Administrator menautkannya lagi di halaman Kanal.',
    en: 'It has stopped. The administrator links it again on the page Channels.',
  },
}

/** A poller that has not been heard of for so long is not at work, whatever it said last. */
const SILENT_MS = 5 * 60_000

/** Every channel the office is on; the web first, of which this page itself is the proof. */
export async function channelStates(seat: Seat): Promise<ChannelState[]> {
  const { door, house } = seat
  const office = house.office.id
  const { telegram, whatsapp } = door.waysOf(office)
  const found = await standingsOf(door.db.pool, office)
  const web: ChannelState = { name: 'Web', state: 'up', since: undefined, words: WELL }
  const states = [web]
  if (telegram !== undefined) states.push(platform('Telegram', found.get('telegram'), door.now(), telegram))
  if (whatsapp === 'cloud')
    states.push(platform('WhatsApp (Cloud API)', found.get('whatsapp-cloud'), door.now()))
  if (whatsapp === 'baileys') states.push(await linked(door.db.pool, seat))
  return states
}

function platform(
  name: string,
  found: Awaited<ReturnType<typeof standingsOf>> extends Map<string, infer Row> ? Row | undefined : never,
  now: Date,
  by?: 'poll' | 'webhook',
): ChannelState {
  if (found === undefined) return { name, state: 'unknown', since: undefined, words: UNSEEN }
  const { state, reason, since, seenAt } = found
  if (by === 'poll' && now.getTime() - seenAt.getTime() > SILENT_MS)
    return { name, state: 'down', since: seenAt, words: SILENT }
  return { name, state, since, words: state === 'up' ? WELL : (REASONS[reason] ?? UNSEEN) }
}

const SILENT: Words = {
  id: 'Tidak ada yang mengambil pesan dari Telegram. Pengelola server memeriksa apakah Balai berjalan.',
  en: 'Nobody fetches messages from Telegram. Whoever runs the server looks whether Balai runs.',
}

async function linked(on: Queryable, { door, house }: Seat): Promise<ChannelState> {
  const session = await sessionOf(on, door.room.sealing, house.office.id)
  const status = session?.status ?? 'unlinked'
  return {
    name: 'WhatsApp',
    state: status === 'linked' ? 'up' : 'down',
    since: session?.changedAt,
    words: LINKED[status] ?? UNSEEN,
  }
}
