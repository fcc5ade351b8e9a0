import { setTimeout as pause } from 'node:timers/promises'
import { citizen, type Line } from '../canary/chat.ts'
import { madeUpWords } from '../restore/citizens.ts'

/** One report: its code, undefined where none was told; how many messages came twice. */
export type Filed = { code: string | undefined; doubled: number }

/** Citizens who file one report after another, until they are stopped; each what they were told. */
export function fileOn(url: string, lanes: number): { stop(): Promise<Filed[]> } {
  let stopped = false
  const filed: Filed[] = []
  const lane = async () => {
    while (!stopped) filed.push(await fileOne(url))
  }
  const all = Promise.all(Array.from({ length: lanes }, lane))
  return {
    async stop() {
      stopped = true
      await all
      return filed
    },
  }
}

const ANSWERS: [asked: string, answer: string][] = [
  ['Laporan ini tentang apa', 'layanan'],
  ['Bagaimana kerahasiaan', 'terbuka'],
  ['Apa yang terjadi', ''],
  ['Kapan kejadiannya', 'lewati'],
  ['Di mana kejadiannya', 'Loket 3'],
  ['Bagian atau siapa', 'lewati'],
  ['foto sebagai bukti', 'lewati'],
  ['Dengan nama siapa', 'Warga Contoh'],
  ['Mohon diperiksa', 'kirim'],
]

async function fileOne(url: string): Promise<Filed> {
  const chat = await citizen(url)
  await chat.say('lapor')
  for (const [asked, answer] of ANSWERS) {
    await chat.hear(asked)
    // Words nobody else uses: a report like another's would be offered to be joined to it.
    await chat.say(answer === '' ? madeUpWords(Math.random) : answer)
    // At the speed of people who type quickly: the clock has to step in the middle of something.
    await pause(150)
  }
  await chat.hear('Kode: *').catch(() => undefined)
  const lines = (await chat.read()).filter(({ from }) => from !== 'citizen')
  return { code: codeIn(lines), doubled: lines.length - new Set(lines.map(({ text }) => text)).size }
}

function codeIn(lines: Line[]): string | undefined {
  return lines.map(({ text }) => /Kode: \*([A-Z]{3}-\d{4}-[0-9A-Z]{6})\*/.exec(text)?.[1]).find(one => one)
}
