import { addPoint } from '../../../src/surveys/points.ts'
import type { Balai } from './balai.ts'
import type { Canaries } from './canaries.ts'
import { citizen, desk } from './chat.ts'
import { inDatabase } from './dump.ts'
import { phonePhoto, signedPdf } from './photo.ts'

const MODES = ['terbuka', 'rahasia', 'anonim', 'keduanya'] as const
const TOPICS = ['layanan', '2', 'rekrutmen', 'aspirasi']

/** Tickets filed, by mode. */
export type Walked = Record<(typeof MODES)[number], string>

/** Every field there is, in every mode, through the front door, each with a canary of its own; then staff, then the citizen again. */
export async function fillEveryField(balai: Balai, canaries: Canaries): Promise<Walked> {
  const codes: Partial<Walked> = {}
  for (const [n, mode] of MODES.entries())
    codes[mode] = await file(balai, canaries, mode, TOPICS[n] ?? 'layanan')
  await inDatabase(balai.dataDir, client =>
    client.query(`update inbox set due_at = now() where status = 'pending'`),
  )
  for (const mode of MODES) await workOn(balai, canaries, mode, codes[mode] ?? '')
  await talkToPeople(balai, canaries)
  await rate(balai, canaries)
  return codes as Walked
}

async function file(balai: Balai, canaries: Canaries, mode: string, topic: string): Promise<string> {
  const word = (field: string) => canaries.word(`${field}, ${mode}`)
  const isNamed = mode === 'terbuka' || mode === 'rahasia'
  const chat = await citizen(balai.url, { idPrefix: word('message id') })
  canaries.note(`session, ${mode}`, chat.session)
  await chat.say('pengaduan')
  await chat.say(topic)
  await chat.say(mode)
  await chat.say(
    `Berkas saya ditolak, kata ${word('description')}, nomor ${canaries.phone(`phone, ${mode}`)}`,
  )
  await chat.say(`sejak ${word('when')}`)
  if (mode === 'rahasia') await chat.locate(3.587654321, 98.678123456)
  else await chat.say(`Jalan ${word('place')}`)
  await chat.say(`Bagian ${word('who')}`)
  if (mode === 'rahasia') await chat.send(signedPdf(word('author of the PDF')), `${word('file name')}.pdf`)
  else await chat.send(await phonePhoto(word('metadata')), `${word('file name')}.jpg`, word('caption'))
  if (isNamed) await chat.say(word('name'))
  await chat.say('kirim')
  const { text } = await chat.hear('Kode: *')
  canaries.note(`receipt, ${mode}`, /Tanda terima: \*(\S+)\*/.exec(text)?.[1] ?? word('none'))
  if (mode === 'terbuka') {
    await chat.say('tindak lanjut')
    for (const answer of ['tambah', `Tambahan dari ${word('addition')}`]) await chat.say(answer)
    await chat.hear('sudah ditambahkan')
  }
  return /Kode: \*(\S+)\*/.exec(text)?.[1] ?? ''
}

async function workOn(balai: Balai, canaries: Canaries, mode: string, code: string): Promise<void> {
  const word = (field: string) => canaries.word(`${field}, ${mode}`)
  const group = desk(balai.url, mode === 'terbuka' ? 'general' : 'pengawasan', word('staff'))
  await group.hear(code)
  await group.say(`ambil ${code}`)
  await group.say(`catat ${code} ${word('note')}`)
  await group.say(`tanya ${code} ${word('question of staff')}`)
  await group.say(`balas ${code} ${word('answer of staff')}`)
  await group.hear(`Catatan`)
}

/** What belongs to no complaint: a question, a talk with staff, an unfinished draft. */
async function talkToPeople(balai: Balai, canaries: Canaries): Promise<void> {
  const asks = await citizen(balai.url, { language: 'en' })
  await asks.say(`Bagaimana cara ${canaries.word('question')} mengurus surat?`)
  await asks.say('petugas')
  await asks.say(`Halo, saya ${canaries.word('talk with staff')}`)
  const drafts = await citizen(balai.url)
  for (const text of ['pengaduan', 'layanan', 'terbuka', `Belum selesai, ${canaries.word('draft')}`]) {
    await drafts.say(text)
  }
  const { text } = await drafts.hear('Kapan kejadiannya')
  if (text === '') throw new Error('The draft is not where it should be.')
}

/** A survey at a counter, with a suggestion. */
async function rate(balai: Balai, canaries: Canaries): Promise<void> {
  const place = { office: 'medan', survey: 'skm', unit: 'Loket 1', services: ['Legalisir'], perDay: 10 }
  const code = await inDatabase(balai.dataDir, client => addPoint(client, place))
  const chat = await citizen(balai.url, { idPrefix: canaries.word('message id of a survey') })
  canaries.note('session of a survey', chat.session)
  for (const text of [`survei ${code}`, 'ya', ...'433443214', '1', '2', 'lewati', 'lewati'])
    await chat.say(text)
  await chat.say(
    `Kursi ditambah, kata ${canaries.word('suggestion')} di ${canaries.phone('phone in a suggestion')}`,
  )
  await chat.hear('sudah kami terima')
}
