import type { Context } from 'hono'
import { faultOf, type Log } from '../../lib/log.ts'

/** Every answer but success: the status, and what a person can do. The code is for programs and never changes. */
const REFUSALS = {
  malformed_json: [400, 'Isi permintaan bukan JSON yang benar.'],
  too_deep: [400, 'JSON ini bertingkat terlalu dalam; paling banyak 64 tingkat.'],
  malformed_form: [400, 'Formulir ini tidak dapat dibaca.'],
  session_unknown: [401, 'Sesi ini tidak dikenal. Mulailah percakapan baru.'],
  office_unknown: [404, 'Instansi ini tidak dilayani di sini.'],
  desk_unknown: [404, 'Meja layanan ini tidak ada.'],
  file_unknown: [404, 'Berkas ini tidak ada, atau tautannya sudah kedaluwarsa.'],
  not_found: [404, 'Alamat ini tidak ada.'],
  body_too_large: [413, 'Isi permintaan terlalu besar; paling banyak 64 kB.'],
  text_too_long: [
    413,
    'Pesan ini lebih dari 4.096 karakter dan tidak disimpan. Kirimlah dalam beberapa bagian.',
  ],
  file_too_large: [413, 'Berkas ini terlalu besar dan tidak disimpan.'],
  file_infected: [403, 'Berkas ini tidak dibuka: di dalamnya ditemukan virus.'],
  name_unknown: [
    421,
    'Alamat ini bukan alamat Balai. Pakailah localhost atau nomor IP, atau isilah PUBLIC_URL (pengelola server).',
  ],
  content_type: [415, 'Jenis isi permintaan ini tidak diterima.'],
  file_type: [415, 'Jenis berkas ini tidak diterima. Kirimlah foto, PDF, atau pesan suara (Ogg).'],
  body_invalid: [422, 'Isi permintaan harus berupa objek JSON.'],
  id_invalid: [422, 'Isian "id" wajib ada: 1 sampai 64 karakter, lain untuk setiap pesan.'],
  message_invalid: [422, 'Isi tepat satu dari "text", "choice", atau "location".'],
  text_empty: [422, 'Pesan ini kosong.'],
  choice_invalid: [422, 'Pilihan ini tidak sah.'],
  location_invalid: [422, 'Lokasi ini tidak sah: lintang -90 sampai 90, bujur -180 sampai 180.'],
  file_missing: [422, 'Isian "file" wajib ada dan tidak boleh kosong.'],
  language_invalid: [422, 'Bahasa ini belum ada; yang ada: id, en.'],
  as_invalid: [422, 'Isian "as" (nama petugas) wajib ada: 1 sampai 40 karakter.'],
  after_invalid: [422, '"after" harus bilangan bulat dari 0 sampai 2147483647.'],
  wait_invalid: [422, '"wait" harus bilangan detik mulai dari 0.'],
  too_many: [429, 'Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.'],
  files_closed: [503, 'Berkas belum dapat diterima di sini. Kirimlah dalam bentuk tulisan.'],
  files_full: [
    503,
    'Tempat penyimpanan kami hampir penuh, sehingga berkas belum dapat diterima. Tulisan tetap kami terima.',
  ],
  away: [503, 'Layanan sedang terganggu. Pesan belum tersimpan; coba lagi sebentar.'],
  busy: [503, 'Layanan sedang sangat sibuk. Pesan belum tersimpan; coba lagi sebentar.'],
  unexpected: [503, 'Terjadi gangguan di pihak kami. Coba lagi sebentar.'],
} as const satisfies Record<string, readonly [number, string]>

export type Refusal = keyof typeof REFUSALS

/** What a reader of input gives back when the sender has something to mend. */
export type Refused = { refused: Refusal }

export function isRefused(value: object): value is Refused {
  return 'refused' in value
}

/** `retryAfter` in seconds; 429 and 503 always carry one. */
export function refuse(c: Context, refusal: Refusal, retryAfter?: number): Response {
  const [status, message] = REFUSALS[refusal]
  if (status === 429 || status === 503) c.header('Retry-After', String(Math.max(1, retryAfter ?? 2)))
  return c.json({ error: { code: refusal, message } }, status)
}

/** The answer to anything thrown: never 500, and only the kind of the error is logged, never its words. */
export function refuseError(
  c: Context,
  error: unknown,
  { away, log }: { away: (error: unknown) => boolean; log: Pick<Log, 'error'> },
): Response {
  if (away(error)) return refuse(c, isShort(error) ? 'busy' : 'away')
  log.error('A request failed', faultOf(error))
  return refuse(c, 'unexpected')
}

/** In PostgreSQL's words resources ran out: too many connections to it, or too much that waits in our own inbox. */
function isShort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '53000' || error.code === '53300')
}
