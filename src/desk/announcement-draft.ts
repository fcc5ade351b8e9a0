import type { Words } from '../records/announcements.ts'
import { ANY, type Audience } from '../records/audience.ts'
import { WORDS_MAX } from './announcement-words.ts'
import { readAudience, wordsLeft } from './read-audience.ts'

/** Below this it says nothing that citizens could act on. */
const WORDS_MIN = 20
/** Where a link leads must be seen (domain.md §3.4). */
const SHORTENED =
  /\b(?:bit\.ly|tinyurl\.com|s\.id|t\.co|goo\.gl|cutt\.ly|rb\.gy|ow\.ly|is\.gd|shorturl\.at|linktr\.ee)\b/i
const NIK = /(?<!\d)\d{16}(?!\d)/

export const HOW_TO_ANNOUNCE = `Tulis: umumkan untuk lowongan: lalu teksnya, di pesan yang sama. Yang menerima hanya warga yang memintanya.
Pilihan sesudah *untuk*: pengumuman, lowongan, tahapan, agenda; boleh lebih sempit: lowongan pppk s1 hukum, tahapan skd, agenda layanan keliling di Medan Kota. Tanpa *untuk*: pengumuman.
Teks bahasa Inggris boleh ditulis di bawah baris ---.`

export type Draft = { words: Words; audience: Audience }

/** "untuk lowongan pppk: teks", and below a line --- the English; or why it cannot be. */
export function readDraft(written: string): Draft | { wrong: string } {
  const [, named, rest = ''] = /^\s*untuk\s+(\S[^:\n]{0,119})[:\n]([\s\S]*)$/i.exec(written) ?? [
    undefined,
    undefined,
    written,
  ]
  const audience = named === undefined ? { ...ANY, topic: 'news' as const } : readAudience(named)
  if (audience === undefined)
    return { wrong: `Saya belum mengerti untuk siapa "${named?.trim()}".\n${HOW_TO_ANNOUNCE}` }
  const left = wordsLeft(named ?? '', audience)
  // Left out, it would go to more people than were meant.
  if (left.length > 0)
    return { wrong: `"${left.join(' ')}" tidak dapat dipakai untuk memilih penerima.\n${HOW_TO_ANNOUNCE}` }
  const words = readWords(rest.replace(/^\s*:/, ''))
  return 'wrong' in words ? words : { words, audience }
}

/** The words alone, as a correction has them. */
export function readWords(written: string): Words | { wrong: string } {
  const [id = '', en = ''] = written.split(/^[ \t]*-{3,}[ \t]*$/m).map(part => part.trim())
  const wrong = [id, ...(en === '' ? [] : [en])].map(wrongWith).find(one => one !== undefined)
  if (wrong !== undefined) return { wrong }
  return en === '' ? { id } : { id, en }
}

function wrongWith(text: string): string | undefined {
  if (text.length < WORDS_MIN) return `Teksnya terlalu pendek.\n${HOW_TO_ANNOUNCE}`
  if (text.length > WORDS_MAX)
    return `Teksnya ${text.length} huruf; paling banyak ${WORDS_MAX}, agar cukup dalam satu pesan. Mohon diringkas.`
  if (SHORTENED.test(text))
    return 'Teksnya memuat tautan pendek. Tulis alamat lengkapnya, agar warga melihat ke mana tautan itu menuju.'
  if (NIK.test(text))
    return 'Teksnya memuat angka seperti NIK. Pengumuman dibaca banyak orang: tulis lagi tanpa itu.'
  return undefined
}
