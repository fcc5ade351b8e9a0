/**
 * Words that turn a sentence into another one: each kind must stand in what is said exactly as often, and in the same order, as in
 * what it was made of. Synonyms are one kind.
 */
const KINDS: Record<string, string> = {
  not: 'tidak tak bukan belum jangan tanpa dilarang nggak ngga enggak gak ga bukanlah tidaklah',
  must: 'wajib harus mesti perlu diwajibkan diharuskan diperlukan',
  may: 'boleh dapat bisa diperbolehkan dibolehkan diizinkan',
  only: 'hanya cuma cuman saja semata khusus',
  except: 'kecuali selain',
  if: 'jika bila apabila kalau asalkan asal selama ketika saat',
  most: 'maksimal maksimum terlambat sebanyak-banyaknya sebelum sampai hingga',
  least: 'minimal minimum sekurang-kurangnya sedikitnya sejak setelah sesudah',
  all: 'semua seluruh setiap tiap selalu pasti',
  some: 'sebagian beberapa kadang mungkin biasanya umumnya',
  free: 'gratis bebas cuma-cuma',
}

/** Amounts in words are facts like digits. */
const AMOUNTS =
  'nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh seratus ratus seribu ribu juta miliar ' +
  'setengah separuh pertama kedua ketiga keempat kelima januari februari maret april mei juni juli agustus september oktober ' +
  'november desember senin selasa rabu kamis jumat sabtu minggu hari bulan tahun jam menit detik persen rupiah'

const kinds = new Map(
  Object.entries(KINDS).flatMap(([kind, words]) =>
    words.split(' ').map(word => [word, `<${kind}>`] as const),
  ),
)
const amounts: ReadonlySet<string> = new Set(AMOUNTS.split(' '))

/** What a word is guarded as, in small letters: its kind, itself when it is an amount; undefined when it is not guarded. */
export function guardedAs(word: string): string | undefined {
  return kinds.get(word) ?? (amounts.has(word) ? word : undefined)
}
