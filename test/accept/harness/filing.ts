import type { Web } from './web.ts'

/** What a report says where a check has no words of its own. */
export type Report = {
  mode: 'terbuka' | 'rahasia' | 'anonim'
  topic?: string
  description?: string
  place?: string
  name?: string
}

const CODE = /Kode: \*?([A-Z]{3}-\d{4}-[0-9A-Z]{6})/

/** Walks a citizen through the complaint, question by question, whichever are put; the code of the ticket. */
export async function file(web: Web, who: string, report: Report): Promise<string> {
  const { topic = 'layanan', description = 'Antrean loket lama sekali, tiga jam belum dipanggil' } = report
  const answers: [asked: RegExp, answer: string][] = [
    [/Kode: /, ''],
    [/tentang apa/, topic],
    [/kerahasiaan/, report.mode],
    [/Apa yang terjadi/, description],
    [/Kapan kejadiannya/, 'kemarin'],
    [/Di mana kejadiannya/, report.place ?? 'Loket 3'],
    [/Bagian atau siapa/, 'lewati'],
    [/foto sebagai bukti/, 'lewati'],
    [/nama siapa/, report.name ?? 'Budi Contoh'],
    [/Ada laporan serupa/, 'Kirim sebagai laporan sendiri'],
    [/Mohon diperiksa/, 'kirim'],
  ]
  let heard = await web.say(who, 'lapor')
  for (let turn = 0; turn < 20; turn += 1) {
    const code = CODE.exec(heard)?.[1]
    if (code !== undefined) return code
    const said = heard
    // The last question asked is the one to be answered.
    const [next] = answers
      .map(([asked, answer]) => ({ at: said.search(asked), answer }))
      .filter(({ at }) => at >= 0)
      .toSorted((a, b) => b.at - a.at)
    heard = await web.say(who, next?.answer ?? 'ya')
  }
  throw new Error(`${who} got no code; the last words were: ${heard}`)
}
