import { plain, squeeze } from '../conversation/plain.ts'

/** A report says its matter early; longer ones would only fill the index. */
const MOST = 60

/** Words that are in every report, with their short spellings (domain.md §7.1): they tell nothing about its matter. */
const COMMON = new Set(
  `yang dan atau dengan untuk dari pada dalam oleh karena kalau kalo sudah udah sdh belum blm tidak tdk gak nggak ngga bukan
  ada adalah itu ini saya kami kita anda bapak ibu pak kak min admin mohon tolong agar supaya sejak sampai sampe masih juga jadi
  lagi saja aja akan bisa dapat harus lebih sangat sekali banget bgt hari minggu bulan tahun jam kemarin tadi sekarang skrg
  besok pagi siang sore malam dua tiga empat lima satu banyak semua sama seperti depan dekat jalan jln kota kelurahan kecamatan
  the and for with was has have been not this that there are from please since days weeks`.split(/\s+/),
)

/**
 * Waiting at a counter is everybody's own: yesterday's queue and today's are no one matter, and times of waiting are counted one
 * by one (domain.md §8).
 */
const COUNTER = new Set(
  `antre antrean antrian antri ngantre ngantri menunggu nunggu tunggu lama loket layanan pelayanan petugas kantor dipanggil
  dilayani queue queues wait waiting waited counter office staff called`
    .split(/\s+/)
    .map(squeeze),
)

/** Endings that change nothing about what is meant: *lampunya*, *lampulah*. */
const ENDING = /(?:nya|lah|kah|pun|dong|sih)$/

/**
 * The words that tell what a report is about, in one spelling each. Numbers are left out: a phone number or a NIK must not
 * become something to look for.
 */
export function tellingWords(...texts: string[]): Set<string> {
  const words = new Set<string>()
  for (const word of plain(texts.join(' ')).split(' ')) {
    if (words.size === MOST) break
    const bare = squeeze(word.length > 6 ? word.replace(ENDING, '') : word)
    if (bare.length >= 3 && !/\d/.test(bare) && !COMMON.has(word) && !COMMON.has(bare) && !COUNTER.has(bare))
      words.add(bare)
  }
  return words
}
