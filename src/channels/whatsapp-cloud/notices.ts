import { isPassing, meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import { wordsOf } from './compose.ts'
import type { Aliases, CloudOptions, Times } from './ports.ts'
import { post } from './post.ts'
import { recipientOf } from './recipient.ts'

/**
 * What is said at the door itself, before there is a message that the conversation could answer. Meta does not say which language
 * somebody reads, and every message is charged: so both in one.
 */
const SENTENCES = {
  too_large: [
    'Mohon maaf, berkas ini lebih dari 10 MB dan tidak disimpan. Mohon kirim yang lebih kecil.',
    'Sorry, this file is larger than 10 MB and was not kept. Please send a smaller one.',
  ],
  unknown_type: [
    'Mohon maaf, jenis berkas ini tidak dapat diterima dan tidak disimpan. Mohon kirim foto, PDF, atau pesan suara.',
    'Sorry, this kind of file cannot be taken and was not kept. Please send a photo, a PDF or a voice message.',
  ],
  no_room: [
    'Mohon maaf, foto dan berkas sedang tidak dapat kami simpan. Pesan tertulis tetap kami terima.',
    'Sorry, photos and files cannot be kept right now. Written messages still reach us.',
  ],
  unreadable: [
    'Mohon maaf, berkas ini belum dapat kami ambil dan tidak disimpan. Mohon kirim sekali lagi.',
    'Sorry, this file could not be fetched and was not kept. Please send it once more.',
  ],
} as const

export type Notice = keyof typeof SENTENCES

/** A person is told the same thing once in so many milliseconds: ten films sent at once are refused once. */
const AGAIN_MS = 10_000
const REMEMBERED = 10_000

/** Rejects only when telling may succeed later: whoever was not told then must be told again. */
export type Tell = (client: Client, notice: Notice, address: string) => Promise<void>

export function createNotices(
  parts: Pick<CloudOptions, 'counters'> & { aliases: Aliases; times: Times },
): Tell {
  const { counters, aliases, times } = parts
  const told = new Map<string, number>()
  return async (client, notice, address) => {
    const { office } = client.number
    const key = `${office} ${address} ${notice}`
    const last = told.get(key)
    if (last !== undefined && performance.now() - last < AGAIN_MS) return
    const to = await recipientOf(aliases, office, address)
    try {
      await post(
        client,
        { to, body: wordsOf(SENTENCES[notice].join('\n\n')) },
        AbortSignal.timeout(times.call),
      )
    } catch (error) {
      counters.add('whatsapp_cloud_side_calls_failed_total')
      const meaning = meaningOf(error)
      // Perhaps told is told: twice would be charged twice.
      if (meaning === undefined || (isPassing(meaning) && meaning !== 'unknown')) throw error
    }
    if (told.size >= REMEMBERED) told.clear()
    told.set(key, performance.now())
  }
}
