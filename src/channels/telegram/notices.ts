import { REFUSED_FILE } from '../refused-file.ts'
import { isPassing, meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import type { TelegramOptions } from './ports.ts'

/**
 * What is said at the door itself, before there is a message that the conversation could answer: the same that the web answers
 * to a request it does not take. Staff are spoken to in Indonesian alone.
 */
const SENTENCES = {
  ...REFUSED_FILE,
  bound: {
    id: 'Akun ini sekarang terdaftar sebagai petugas. Laporan ditangani di grup meja layanan; ketik /bantuan di grup itu untuk melihat caranya.',
  },
  stranger: {
    id: 'Bot ini hanya bekerja di grup meja layanan yang terdaftar. Bila ini grup meja layanan, mohon ketik /pasang dan kode dari admin. Tanpa itu, bot keluar dari grup ini.',
  },
  paired: {
    id: 'Grup ini sekarang menjadi grup meja layanan. Ketik /bantuan untuk melihat caranya.',
  },
  bad_code: {
    id: 'Kode ini tidak berlaku atau sudah dipakai. Mohon minta kode baru kepada admin.',
  },
  moved_here: {
    id: 'Perpindahan grup ini sudah dikonfirmasi. Pesan yang tertunda akan menyusul.',
  },
  not_confirmed: {
    id: 'Grup ini berpindah alamat. Hanya kepala meja atau admin yang dapat mengonfirmasinya, dengan /konfirmasi.',
  },
} satisfies Record<string, { id: string; en?: string }>

export type Notice = keyof typeof SENTENCES

/** A chat is told the same thing once in so many milliseconds: an album of ten films is refused once. */
const AGAIN_MS = 10_000
const REMEMBERED = 10_000

export type Notices = {
  /** Rejects only when telling may succeed later: whoever was not told then must be told again. */
  tell(client: Client, notice: Notice, to: Listener): Promise<void>
  /** Told if it can be: what it tells of is done, and would be done twice if all of it came again. */
  mention(client: Client, notice: Notice, to: Listener): Promise<void>
}
type Listener = { chat: string; thread?: string | undefined; language?: string | undefined }

export function createNotices({ counters }: Pick<TelegramOptions, 'counters'>): Notices {
  const told = new Map<string, number>()

  return {
    tell,
    mention: (client, notice, to) => tell(client, notice, to).catch(() => undefined),
  }

  async function tell(client: Client, notice: Notice, { chat, thread, language }: Listener): Promise<void> {
    const key = `${client.office} ${chat} ${notice}`
    const last = told.get(key)
    if (last !== undefined && performance.now() - last < AGAIN_MS) return
    const { id, en = id }: { id: string; en?: string } = SENTENCES[notice]
    try {
      await client.ask(api =>
        api.sendMessage(
          Number(chat),
          language === 'en' ? en : id,
          thread === undefined ? {} : { message_thread_id: Number(thread) },
        ),
      )
      if (told.size >= REMEMBERED) told.clear()
      told.set(key, performance.now())
    } catch (error) {
      counters.add('telegram_side_calls_failed_total')
      const meaning = meaningOf(error)
      if (meaning === undefined || isPassing(meaning)) throw error
    }
  }
}
