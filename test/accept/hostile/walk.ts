import { setTimeout as pause } from 'node:timers/promises'
import type { Fields } from '../../../src/records/ticket-words.ts'
import { openFields, ticketKey } from '../../../src/records/ticket-words.ts'
import type { TicketRow } from '../../../src/records/tickets.ts'
import { progress } from '../check.ts'
import { createPerson, type Person } from '../harness/people.ts'
import type { Platform } from '../harness/platform.ts'
import { keepRunning } from '../harness/point.ts'
import { createNursery } from '../harness/process.ts'
import type { Records, Server } from '../harness/server.ts'
import type { Way } from '../harness/ways.ts'
import { asKept, isClean } from './judge.ts'

/** Citizens who write side by side. */
const SIDE_BY_SIDE = 30
/** Longer than a whole report takes a linked number whose machine has other work: then a string has silenced us. */
const PATIENCE_MS = 120_000

const QUESTION =
  /tentang apa|Bagaimana kerahasiaan|Apa yang terjadi|Kapan kejadiannya|Di mana kejadiannya|Bagian atau siapa|foto sebagai bukti|Dengan nama siapa|Ada laporan serupa|Mohon diperiksa|Kode: \*|Bagaimana dengan isian itu|Apakah ingin kami tanyakan/

const ASIDE = /Bagaimana dengan isian itu|Apakah ingin kami tanyakan/

/** The questions that take words: what stands around a string, so that it is long enough and no word of ours. */
const WORDS: [asked: RegExp, field: string, around: (hostile: string) => string, plain: string][] = [
  [
    /Apa yang terjadi/,
    'description',
    text => `Antrean panjang ${text} di loket`,
    'Antrean di loket panjang sekali',
  ],
  [/Kapan kejadiannya/, 'when', text => text, 'kemarin'],
  [/Di mana kejadiannya/, 'place', text => `Loket ${text}`, 'Loket 3'],
  [/Bagian atau siapa/, 'who', text => `Bagian ${text}`, 'Bagian umum'],
  [/Dengan nama siapa/, 'name', text => `Warga ${text}`, 'Warga'],
]

type Said = { field: string; text: string }

/** What became of everybody's strings on one channel. */
export async function walkHostile(server: Server, name: string, way: Way, strings: readonly string[]) {
  const records = await server.database(`hostile_${name.replaceAll('-', '_')}`)
  const nursery = createNursery()
  const platform = await way.open({ parallel: 40 }, records)
  const line = await keepRunning(platform, records.orders, nursery.next)
  const desk = platform.chatAt('web', 'desk:general')
  const found = { citizens: 0, filed: 0, taken: 0, changed: 0, unanswered: 0, unclean: 0 }
  let next = 0

  async function oneAfterAnother(): Promise<void> {
    for (let n = next++; n < strings.length; n = next++) {
      found.citizens += 1
      const at = (field: number) => strings[(n + field * 7) % strings.length] ?? ''
      const person = createPerson(platform, platform.citizenAt(`${n} ${at(5)}`))
      const filed = await inTime(file(person, at), `${name}, from ${JSON.stringify(at(0).slice(0, 80))} on`)
      if (filed === undefined)
        progress(
          `said ${JSON.stringify(person.said)}, heard ${JSON.stringify(person.chat.seen.at(-1)?.text)}`,
        )
      if (filed === undefined) {
        found.unanswered += 1
        continue
      }
      found.filed += 1
      found.taken += filed.said.length
      const kept = Object.values(await fieldsOf(records, filed.code))
      const changed = filed.said.filter(({ text }) => !kept.includes(asKept(text)))
      found.changed += changed.length
      for (const { field, text } of changed)
        progress(`${name}, ${field}: ${JSON.stringify(text.slice(0, 120))} is not kept as it came`)
      if (!(await inTime(answerAsStaff(platform, n, filed.code, at(6)), `${name}, an answer`)))
        found.unanswered += 1
    }
  }

  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, oneAfterAnother))
  for (const { text } of desk.seen) {
    if (isClean(text)) continue
    found.unclean += 1
    progress(`${name}: a group saw ${JSON.stringify(text.slice(0, 200))}`)
  }
  const { rows } = await records.db.pool.query<{ count: number }>(
    `select count(*)::int as count from inbox where status = 'quarantined'`,
  )
  await line.stop()
  platform.close()
  await nursery.close()
  return { ...found, crashes: line.deaths().length, poisoned: rows[0]?.count ?? 0 }
}

async function inTime<T>(work: Promise<T>, what: string): Promise<T | undefined> {
  const late = new AbortController()
  const ended = await Promise.race([
    work,
    pause(PATIENCE_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
  ])
  late.abort()
  if (ended === undefined) progress(`no answer: ${what}`)
  return ended
}

/** One complaint, in which every question that takes words gets a string of its own; undefined when it comes to no end. */
async function file(
  person: Person,
  at: (field: number) => string,
): Promise<{ code: string; said: Said[] } | undefined> {
  const said: Said[] = []
  const tried = new Set<string>()
  let { text } = await person.say('pengaduan', QUESTION)
  for (let turn = 0; turn < 25; turn += 1) {
    const code = /Kode: \*([A-Z]{3}-\d{4}-[0-9A-Z]{6})\*/.exec(ownWords(text))?.[1]
    if (code !== undefined) return { code, said: said.filter(({ field }) => field !== 'when') }
    const asked = WORDS.findIndex(([question]) => question.test(text))
    const [question, field = '', around = String, plain = ''] = WORDS[asked] ?? []
    if (question === undefined) {
      text = (await person.say(answerTo(text), QUESTION)).text
      continue
    }
    const words = tried.has(field) ? plain : around(at(asked))
    tried.add(field)
    text = (await person.say(words, QUESTION)).text
    // Asked again, or asked something else, it was not taken: too short, a question, a word of ours, or nothing is left of it.
    if (words !== plain && !question.test(text) && !ASIDE.test(text)) said.push({ field, text: words })
  }
  return undefined
}

/** Without what others wrote, which stands between isolates. */
function ownWords(text: string): string {
  return text.replace(/\u2068[^\u2069]*\u2069/g, '')
}

function answerTo(text: string): string | { press: string } {
  // A string may be a question, or a word of ours: then it is answered, and the report goes on.
  if (/ingin kami tanyakan/.test(text)) return { press: 'Tidak usah' }
  if (/Bagaimana dengan isian/.test(text)) return { press: 'Lanjutkan isian ini' }
  if (/foto sebagai bukti/.test(text)) return 'lewati'
  if (/Mohon diperiksa/.test(text)) return { press: 'Kirim' }
  if (/Ada laporan serupa/.test(text)) return { press: 'Kirim sebagai laporan sendiri' }
  return { press: /kerahasiaan/.test(text) ? 'Terbuka' : 'Layanan atau fasilitas' }
}

/** Staff are people too: what they answer goes to the citizen. */
async function answerAsStaff(platform: Platform, n: number, code: string, hostile: string): Promise<boolean> {
  const staff = createPerson(platform, platform.chatAt('web', 'desk:general'), {
    desk: 'general',
    name: `Petugas ${n}`,
  })
  await staff.say(`ambil ${code}`, new RegExp(`${code} diambil`))
  await staff.say(`balas ${code} Sudah: ${hostile}`, new RegExp(`${code} dibalas`))
  return true
}

async function fieldsOf({ db, sealing }: Records, code: string): Promise<Fields> {
  const { rows } = await db.pool.query<Pick<TicketRow, 'id' | 'wrapped_key' | 'fields'>>(
    'select id, wrapped_key, fields from tickets where code = $1',
    [code],
  )
  const [row] = rows
  if (row === undefined) return {}
  return openFields(sealing, ticketKey(sealing, row.id, row.wrapped_key), row.id, row.fields)
}
