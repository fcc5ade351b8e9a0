import type { Refusal } from '../../channels/web/refusals.ts'

export type Refusing = { status: 403 | 413 | 422 | 429 | 503; id: string; en: string }

const OTHERWISE: Refusing = {
  status: 503,
  id: 'Gangguan di pihak kami; pesan belum tersimpan. Kirim lagi sebentar lagi.',
  en: 'A fault of ours; the message was not stored. Send it again in a moment.',
}

/** Why something was not taken, and whose move it is. Everything else is ours. */
const REFUSED: Partial<Record<Refusal | 'foreign', Refusing>> = {
  foreign: {
    status: 403,
    id: 'Pesan ini tidak datang dari halaman kami, jadi tidak dikirim. Tulis dari sini.',
    en: 'This message did not come from a page of ours and was not sent. Write from here.',
  },
  text_empty: { status: 422, id: 'Tulis sesuatu dahulu.', en: 'Write something first.' },
  message_invalid: { status: 422, id: 'Tulis sesuatu dahulu.', en: 'Write something first.' },
  choice_invalid: { status: 422, id: 'Pilihan itu tidak ada.', en: 'There is no such option.' },
  text_too_long: {
    status: 413,
    id: 'Terlalu panjang (paling banyak 4.096 huruf). Kirim dalam beberapa bagian.',
    en: 'Too long (4,096 letters at most). Send it in parts.',
  },
  file_too_large: {
    status: 413,
    id: 'Berkas terlalu besar (paling besar 10 MB). Kirim yang lebih kecil.',
    en: 'The file is too large (10 MB at most). Send a smaller one.',
  },
  file_type: {
    status: 422,
    id: 'Kirim foto, PDF, atau pesan suara.',
    en: 'Send a photo, a PDF or a voice message.',
  },
  files_full: {
    status: 503,
    id: 'Berkas belum dapat diterima; tulisan tetap dapat dikirim.',
    en: 'Files cannot be taken just now; words can be sent.',
  },
  too_many: {
    status: 429,
    id: 'Terlalu banyak pesan. Tunggu sebentar, lalu kirim lagi.',
    en: 'Too many messages. Wait a moment and send it again.',
  },
}

/** Why a message of the page's was not taken. */
export function refusalOf(refused: Refusal | 'foreign'): Refusing {
  return REFUSED[refused] ?? OTHERWISE
}
