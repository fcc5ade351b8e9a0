import type { Person } from './people.ts'

/** What a citizen ended up with. */
export type Filed = { code: string }

/** Everybody here complains of the same queue, so most are asked whether they want to follow another's report. */
export const SIMILAR = /Ada laporan serupa/
const SIMILAR_OR_CODE = new RegExp(`${SIMILAR.source}|Kode: \\*`)

/** From the first word to the ticket, question by question; `mode` as its button is labelled. */
export async function complain(citizen: Person, mode: 'Terbuka' | 'Rahasia' | 'Anonim'): Promise<Filed> {
  await citizen.say('pengaduan', /Laporan ini tentang apa/)
  await citizen.say({ press: 'Layanan atau fasilitas' }, /Bagaimana kerahasiaan/)
  await citizen.say({ press: mode }, /Apa yang terjadi/)
  await citizen.say(
    'Antrean di loket tiga berjam-jam dan nomornya dipanggil tidak berurutan.',
    /Kapan kejadiannya/,
  )
  await citizen.say('21/10/2026', /Di mana kejadiannya/)
  await citizen.say('Loket 3 lantai dasar', /Bagian atau siapa/)
  await citizen.say('bagian pendaftaran', /foto sebagai bukti/)
  await citizen.say('lewati', mode === 'Anonim' ? /Mohon diperiksa/ : /Dengan nama siapa/)
  if (mode !== 'Anonim') await citizen.say('Warga Contoh', /Mohon diperiksa/)
  const answered = await citizen.say({ press: 'Kirim' }, SIMILAR_OR_CODE)
  const { text } = SIMILAR.test(answered.text)
    ? await citizen.say({ press: 'Kirim sebagai laporan sendiri' }, /Kode: \*/)
    : answered
  const code = /Kode: \*([\w-]+)\*/.exec(text)?.[1] ?? ''
  return { code }
}

/** The desk takes a ticket and answers it. */
export async function answer(staff: Person, code: string): Promise<void> {
  const done = (words: string) => new RegExp(`${code} ${words}`)
  await staff.read(new RegExp(`^[^]*\\*${code}\\*`))
  await staff.say(`ambil ${code}`, done('diambil'))
  await staff.say(`balas ${code} Sudah kami tertibkan mulai hari ini.`, done('dibalas'))
}

/** The citizen reads the answer and is not content; the ticket goes back into work. */
export async function disagree(citizen: Person, code: string): Promise<void> {
  await citizen.read(/Sudah kami tertibkan/)
  await citizen.say('belum selesai', /tulis pesan/)
  await citizen.say('Kemarin masih sama saja.', new RegExp(`${code}.*dibuka kembali`))
}
