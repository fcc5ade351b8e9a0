import { advance } from '../../src/conversation/engine.ts'
import type { FlowBook, Step } from '../../src/conversation/flow.ts'
import type { Effect, Event, Option, Result, State } from '../../src/conversation/state.ts'
import { restingState } from '../../src/conversation/state.ts'
import { flowOf } from '../../src/conversation/taking.ts'

export type Advance = typeof advance

/** One simulated conversation: what happened, and where it ended. */
export type Walk = { events: Event[]; state: State }

/** Looks at every turn of a walk; throws when something is not as promised. */
export type Watch = (before: State, event: Event, after: State, effects: Effect[]) => void

const AT = '2026-11-21T09:00:00+07:00'

/** The time of a walk's n-th event: a citizen needs three seconds, and nobody is a flood. */
function timeOf(n: number): string {
  return `${new Date(Date.UTC(2026, 10, 21, 9) + n * 3000).toISOString().slice(0, 19)}+07:00`
}

/** Seeded chance (mulberry32): the same seed is the same walk. */
export function dice(seed: number): () => number {
  let a = seed | 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * A citizen who mostly gives replies that fit, so that walks get to the end; random text hardly passes the second
 * question. One reply in twenty is nonsense, one in fifteen a word of the house.
 */
export function walkCitizen(
  book: FlowBook,
  seed: number,
  turns: number,
  watch: Watch,
  take: Advance = advance,
): Walk {
  const chance = dice(seed)
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)]
  let state = restingState(chance() < 0.8 ? 'id' : 'en')
  let options: Option[] = []
  const due: Event[] = []
  const events: Event[] = []
  for (let n = 0; n < turns; n++) {
    const event = { ...(due.shift() ?? nextEvent(book, state, options, chance, pick)), at: timeOf(n) }
    const turn = take(book, state, event)
    events.push(event)
    watch(state, event, turn.state, turn.effects)
    for (const effect of turn.effects) {
      if (effect.type === 'perform') due.push(resultOf(effect.action, chance, pick))
      if (effect.type === 'send') options = effect.options ?? []
    }
    state = turn.state
  }
  return { events, state }
}

type Pick = <T>(from: readonly T[]) => T | undefined

const NONSENSE = [
  '',
  '???',
  'asdf',
  '999',
  '🙂',
  '-',
  'constructor',
  '__proto__',
  '٣',
  '{{topic}}',
  'x'.repeat(5000),
]
const WORDS = [
  'menu',
  'batal',
  'kembali',
  'lewati',
  'bantuan',
  'petugas',
  'pengaduan',
  'ya',
  'tidak',
  'makasih',
  'halo',
  'status',
  'status LSM-2611-7K4QXH',
  'bahasa',
  'belum selesai',
  'kebakaran di pasar',
  'kapan buka?',
  'lanjut',
  'nanti',
  'privasi',
  'data saya',
  'balas K7QX4T9MZ2R8W5HD',
  'gk tau',
  'tidak membantu',
  'passing grade skd',
]

function said(text: string): Event {
  return { type: 'replied', kind: 'text', text, at: AT }
}

function nextEvent(book: FlowBook, state: State, options: Option[], chance: () => number, pick: Pick): Event {
  const roll = chance()
  if (roll < 0.03) return said(pick(NONSENSE) ?? '')
  if (roll < 0.05) return pick(STRANGE) ?? said('')
  if (roll < 0.12) return said(pick(WORDS) ?? 'menu')
  if (options.length > 0) return chosen(options, chance, pick)
  if (state.at === undefined)
    return said(pick(['pengaduan', 'menu', 'lampu jalan rusak sejak kemarin', 'status', 'halo']) ?? '')
  const flow = flowOf(book, state.at)
  return fitting(flow?.steps[state.at.step], chance, pick)
}

/** Events that mostly do not fit where they come. */
const STRANGE: Event[] = [
  { type: 'silence', at: AT },
  { type: 'staff_released', at: AT },
  { type: 'staff_joined', at: AT },
  { type: 'staff_away', why: 'unanswered', when: '', at: AT },
  {
    type: 'staff_blocked',
    until: '2026-11-21T09:01:00+07:00',
    shown: '21 November',
    reason: 'kasar',
    at: AT,
  },
  { type: 'staff_unblocked', at: AT },
  { type: 'action_finished', result: { code: 'X' }, at: AT },
  { type: 'action_failed', reason: 'no', at: AT },
  { type: 'staff_wrote', ticket: 'LSM-2611-7K4QXH', kind: 'answered', text: 'Sudah kami kerjakan.', at: AT },
  { type: 'staff_wrote', ticket: 'LSM-2611-7K4QXH', kind: 'asked', text: 'Di mana tepatnya?', at: AT },
  { type: 'replied', kind: 'text', text: '', choice: '1.send', at: AT },
  { type: 'replied', kind: 'text', text: '', choice: 't.LSM-2611-7K4QXH.no', at: AT },
  { type: 'replied', kind: 'voice', text: '', at: AT },
  {
    type: 'replied',
    kind: 'photo',
    text: 'ini buktinya',
    file: { id: 'f', name: 'a.jpg', mime: 'image/jpeg' },
    at: AT,
  },
  { type: 'replied', kind: 'location', text: '', location: { latitude: 5.18, longitude: 97.14 }, at: AT },
]

function chosen(options: Option[], chance: () => number, pick: Pick): Event {
  const index = Math.floor(chance() * options.length)
  const option = options[index]
  if (option === undefined) return said('1')
  const press: Event = { type: 'replied', kind: 'text', text: '', choice: option.id, at: AT }
  return pick([press, said(option.label), said(String(index + 1)), said(option.label.toUpperCase())]) ?? press
}

function fitting(step: Step | undefined, chance: () => number, pick: Pick): Event {
  if (step?.kind !== 'ask') return said('ya')
  if (step.optional && chance() < 0.4) return said('lewati')
  const photo: Event = {
    type: 'replied',
    kind: 'photo',
    text: '',
    file: { id: 'f', name: 'a.jpg', mime: 'image/jpeg' },
    at: AT,
  }
  const long = 'Berkas saya sudah tiga bulan tidak selesai di loket dua'
  const replies: Record<typeof step.accept, Event> = {
    text: said((pick([long, `${long}, dimintai uang`, 'HAPUS']) ?? long).slice(0, step.max ?? 4000)),
    number: said('3'),
    date: said('21/11/2026'),
    when: said(pick(['kemarin', 'bulan lalu sepertinya']) ?? 'kemarin'),
    phone: said('0812 0000 0000'),
    photo,
    document: photo,
    location: said('Jalan di depan kantor'),
  }
  return replies[step.accept]
}

/** What the house might give back; one action in ten fails. */
function resultOf(action: string, chance: () => number, pick: Pick): Event {
  if (chance() < 0.1)
    return { type: 'action_failed', reason: pick(['away', 'not_yet', 'too_late']) ?? '', at: AT }
  const results: Record<string, Result[]> = {
    weigh_report: [{ weight: 'biasa' }, { weight: 'pengawasan' }],
    open_ticket: [{ code: 'LSM-2611-7K4QXH', pin: '123456', receipt: '', due: '1 Desember 2026' }],
    my_tickets: [
      { count: '0', first: '', options: {}, text: '' },
      { count: '1', first: 'LSM-2611-7K4QXH', options: { 'LSM-2611-7K4QXH': 'Lampu' }, text: 'Satu' },
      { count: 'banyak', first: 'A', options: { A: 'Lampu', B: 'Jalan' }, text: 'Dua' },
    ],
    ticket_status: ['ya', 'tidak', 'pin', 'salah', 'terkunci', 'bentuk'].flatMap(found =>
      ['akun', 'pin', 'tanda_terima'].map(by => ({ found, by, text: 'Diproses' })),
    ),
    answer_question: [
      { kind: 'answer', article: 'alamat', text: 'Loket dibuka pukul 08.00.' },
      { kind: 'suggest', options: { alamat: 'Di mana kantornya?', jadwal: 'Kapan dibuka?' } },
      { kind: 'unconfirmed', title: 'Kapan dibuka?', link: 'https://sscasn.bkn.go.id', question: 'q' },
      { kind: 'unlinked', title: 'Kapan dibuka?', link: '', question: 'q' },
      { kind: 'elsewhere', where: 'Samsat' },
      { kind: 'unknown', question: '' },
    ],
    pass_question: [{ text: 'Petugas akan menjawab.', code: 'LSM-2611-3C8VNA' }],
    set_language: [{ language: 'en' }, { language: 'id' }],
  }
  const result = pick(results[action] ?? [{ code: 'LSM-2611-7K4QXH', text: 'Baik', count: '2' }])
  return { type: 'action_finished', result: result ?? {}, at: AT }
}
