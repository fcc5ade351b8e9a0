import type { Chat } from '../../accept/canary/chat.ts'

/** What was reported: made up, and looked for in every later version. */
export const WORDS = 'Antrean di loket contoh berjam-jam dan nomornya dipanggil tidak berurutan.'

const CODE = /Kode: \*([A-Z]{3}-\d{4}-[0-9A-Z]{6})\*/

/** What is answered to which question; the first that fits. Flows change, questions stay recognisable. */
const ANSWERS: [RegExp, string][] = [
  [/laporan serupa/, 'kirim sebagai laporan sendiri'],
  [/Laporan ini tentang apa/, 'layanan'],
  [/Bagaimana kerahasiaan/, ''],
  [/Apa yang terjadi/, WORDS],
  [/Kapan kejadiannya/, '21/10/2026'],
  [/Di mana kejadiannya/, 'Loket contoh'],
  [/Bagian atau siapa/, 'lewati'],
  [/foto sebagai bukti/, 'lewati'],
  [/Dengan nama siapa/, 'Warga Contoh'],
  [/Mohon diperiksa/, 'kirim'],
]

/** Files a report this way and gives its code; without a way stops where it is asked what happened, and leaves a draft. */
export async function fileBy(chat: Chat, way: 'Terbuka' | 'Anonim' | undefined): Promise<string> {
  let last = 0
  await chat.say('pengaduan')
  for (let turn = 0; turn < 20; turn += 1) {
    const lines = await newLines(chat, last)
    last = lines.at(-1)?.seq ?? last
    const text = lines.map(line => line.text).join('\n')
    const code = CODE.exec(text)?.[1]
    if (code !== undefined) return code
    if (way === undefined && /Apa yang terjadi/.test(text)) return ''
    const found = ANSWERS.find(([question]) => question.test(text))
    if (found === undefined) throw new Error(`Nobody knows what to say to: ${text}`)
    await chat.say(found[1] || (way ?? 'Terbuka'))
  }
  throw new Error('No code after twenty turns.')
}

async function newLines(chat: Chat, after: number) {
  for (let tries = 0; tries < 200; tries += 1) {
    const lines = (await chat.read(after)).filter(({ from }) => from !== 'citizen')
    if (lines.length > 0) return lines
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error('No answer came.')
}
