import { setTimeout as pause } from 'node:timers/promises'
import { type Canaries, openCanaries } from '../canary/canaries.ts'
import { desk } from '../canary/chat.ts'
import { signedPdf } from '../canary/photo.ts'
import { madeUpWords } from '../restore/citizens.ts'
import { heard, type Voice } from './voices.ts'

/** A citizen who has told us everything one can, and what must never be read again once it is erased. */
export type Told = { voice: Voice; canaries: Canaries; code: string }

/** What is said, and what is waited for. */
export type Step = [text: string | ((word: Canaries['word']) => string), expects: RegExp]

/** A report in which every answer is a canary, and what is said beside reports. */
const REPORT: Step[] = [
  ['pengaduan', /tentang apa/],
  ['layanan', /kerahasiaan/],
  ['terbuka', /Apa yang terjadi/],
  [word => `${madeUpWords(Math.random)} ${word('description')}`, /Kapan kejadiannya/],
  [word => `sejak ${word('when')}`, /Di mana kejadiannya/],
  [word => `Jalan ${word('place')}`, /Bagian atau siapa/],
  [word => `Bagian ${word('who')}`, /foto sebagai bukti/],
]
const AFTER: Step[] = [
  [word => `Warga ${word('name')}`, /Mohon diperiksa/],
  ['kirim', /Kode: /],
  ['tindak lanjut', /Apa yang ingin/],
  ['tambah', /./],
  [word => `Ada lagi, kata ${word('addition')}`, /sudah ditambahkan/],
]
const BESIDE: Step[] = [
  [word => `Bagaimana cara ${word('question')} mengurus surat?`, /kami tanyakan/],
  ['ya', /./],
]
const WISHES: Step[] = [
  ['langganan lowongan pppk s1 hukum', /dikabari/],
  ['zona WITA', /WITA/],
]
/** Said last: the draft stays open. */
const DRAFT: Step[] = [
  ['pengaduan', /tentang apa/],
  ['layanan', /kerahasiaan/],
  ['terbuka', /Apa yang terjadi/],
  [word => `Belum selesai, ${madeUpWords(Math.random)} ${word('draft')}`, /Kapan kejadiannya/],
]

const MINUTE_MS = 60_000

/** Says one after another, each when the one before was answered; the last answer. */
export async function walk(voice: Voice, word: Canaries['word'], steps: Step[]): Promise<string> {
  let last = ''
  for (const [text, expects] of steps) {
    const before = (await voice.told()).length
    await voice.say(typeof text === 'string' ? text : text(word))
    last = await heard(voice, before, expects)
  }
  return last
}

/** Says everything there is to say on this channel. Who wishes to be told of things is not forgotten by time: `wishes` says so. */
export async function tellAll(
  base: string,
  make: (called: string) => Promise<Voice>,
  { wishes }: { wishes: boolean },
): Promise<Told> {
  const canaries = openCanaries()
  const { word } = canaries
  const voice = await make(word('own name'))
  for (const name of voice.names) canaries.note('address', name)
  await walk(voice, word, REPORT)
  const before = (await voice.told()).length
  await voice.sends(signedPdf(word('author of the PDF')), `${word('file name')}.pdf`)
  await heard(voice, before, /Dengan nama siapa/)
  await walk(voice, word, AFTER.slice(0, 1))
  const filed = await walk(voice, word, AFTER.slice(1, 2))
  const code = /Kode: \*?([A-Z0-9-]+)/.exec(filed)?.[1] ?? ''
  canaries.note('receipt', /Tanda terima: \*?([A-Z0-9-]+)/.exec(filed)?.[1] ?? word('no receipt'))
  await walk(voice, word, AFTER.slice(2))
  await workOn(base, voice, canaries, code)
  // Whoever says too much in a minute is not heard.
  await pause(MINUTE_MS - (Date.now() % MINUTE_MS))
  await walk(voice, word, BESIDE)
  if (wishes) await walk(voice, word, WISHES)
  await walk(voice, word, DRAFT)
  return { voice, canaries, code }
}

/** What staff write of somebody at their desk is of them as well. */
async function workOn(base: string, voice: Voice, { word }: Canaries, code: string): Promise<void> {
  const group = desk(base, 'general', 'Petugas Contoh', voice.office)
  await group.hear(code)
  await group.say(`ambil ${code}`)
  await group.say(`catat ${code} ${word('note')}`)
  const asked = word('question of staff')
  await group.say(`tanya ${code} ${asked}`)
  await heard(voice, 0, new RegExp(asked))
  const answered = word('answer of staff')
  await group.say(`balas ${code} ${answered}`)
  await heard(voice, 0, new RegExp(answered))
}

/** HAPUS DATA, through to the last words; once they are fetched, a web page shows nothing at all. */
export async function eraseAll({ voice }: Told): Promise<void> {
  await walk(voice, () => '', [
    ['hapus data', /Bagaimana dengan isian/],
    ['2', /ketik kata/],
  ])
  await voice.say('HAPUS')
  // Until they are out a page shows nothing either, and has not fetched them.
  await heard(voice, 0, /sudah dihapus/)
  await voice.emptied?.()
}
