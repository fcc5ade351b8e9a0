import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writesClosed } from '../../src/conversation/closed-report.ts'
import { advance } from '../../src/conversation/engine.ts'
import type { FlowBook } from '../../src/conversation/flow.ts'
import { type Effect, type Event, isTalk, type State } from '../../src/conversation/state.ts'
import { booksIn } from '../helpers/books.ts'
import { type Advance, walkCitizen } from '../helpers/walker.ts'
import { talk } from './talk.ts'

const all: [string, FlowBook][] = [
  ...Object.entries(await booksIn('flows')).slice(0, 2),
  ...Object.entries(await booksIn('test/fixtures/flows')),
]
const { lhokseumawe: book } = await booksIn('flows')
if (book === undefined) throw new Error('the office is missing')
const AT = '2026-11-21T10:00:00+07:00'
const said = (text: string): Event => ({ type: 'replied', kind: 'text', text, at: AT })

/** What staff and citizen say to each other: words that would mean much to the bot, a photo, a voice, a press. */
const TALK: Event[] = [
  said('Selamat pagi, Pak'),
  { type: 'staff_wrote', ticket: 'LSM-2611-7K4QXH', kind: 'told', text: 'Ada yang bisa dibantu?', at: AT },
  said('ya'),
  said('1'),
  said('kembali'),
  said('lampu jalan di depan rumah rusak sejak kemarin malam'),
  { type: 'action_failed', reason: 'away', at: AT },
  { type: 'replied', kind: 'photo', text: '', file: { id: 'f', name: 'a.jpg', mime: 'image/jpeg' }, at: AT },
  { type: 'replied', kind: 'text', text: '', choice: '3.send', at: AT },
  { type: 'staff_away', why: 'unanswered', when: '', at: AT },
]
const ENDS: Event[] = [
  { type: 'staff_released', at: AT },
  { type: 'silence', at: AT },
  said('batal'),
  said('menu'),
]

/** All that stands open; what only counts turns and minutes is left out, and which ticket staff last wrote about. */
function open(state: State): unknown {
  const { turn: _, asked: __, minute: ___, quiet: ____, focus: _____, ...rest } = state
  return rest
}

function sends(effects: Effect[]): string {
  return effects.flatMap(effect => (effect.type === 'send' ? [effect.text] : [])).join('\n')
}

/** Puts a whole talk between two turns of a walk; throws when anything but the talk is left of it. */
function survivesTalk(engine: Advance, houseBook: FlowBook, seed: number): number {
  let met = 0
  let n = 0
  const when = seed % 40
  walkCitizen(houseBook, seed, 45, (_before, _event, state) => {
    n += 1
    if (n !== when || isTalk(state) || state.at?.waiting === 'action' || state.aside) return
    // There they wait until the report is out of hand.
    if (writesClosed(state.at)) return
    met += 1
    let now = engine(houseBook, state, { type: 'staff_joined', at: AT }).state
    for (const event of TALK) {
      const turn = engine(houseBook, now, event)
      const wrong = turn.effects.filter(({ type }) => type !== 'send' && type !== 'perform')
      if (wrong.length > 0) throw new Error(`in a talk: ${JSON.stringify(wrong)}`)
      now = turn.state
    }
    const end = ENDS[Math.abs(seed) % ENDS.length] ?? said('batal')
    const last = engine(houseBook, now, end)
    // With nothing open the word menu opens the menu.
    const opens =
      end.type === 'replied' && end.text === 'menu' && state.at === undefined && state.asking === undefined
    if (opens) return
    expect(open(last.state)).toEqual(open(state))
    const isOpen = state.at !== undefined || state.asking !== undefined
    if (isOpen) expect(sends(last.effects).length).toBeGreaterThan(20)
  })
  return met
}

describe.each(all)('%s: a takeover at any moment of any walk', (_id, houseBook) => {
  it('loses no answer, and puts the open question again', () => {
    let met = 0
    fc.assert(
      fc.property(fc.integer(), seed => {
        met += survivesTalk(advance, houseBook, seed)
      }),
      { numRuns: 400 },
    )
    expect(met).toBeGreaterThan(50)
  })

  it('is found out when it forgets one', () => {
    /** Begins the talk like the opening of a flow: what was open is gone. */
    const forgetful: Advance = (b, state, event) => {
      const turn = advance(b, state, event)
      if (event.type !== 'staff_joined') return turn
      const { at: _, ...rest } = turn.state
      return { ...turn, state: rest }
    }
    const property = fc.property(fc.integer(), seed => void survivesTalk(forgetful, houseBook, seed))
    expect(fc.check(property, { numRuns: 400, endOnFailure: true }).failed).toBe(true)
  })
})

describe('staff who talk by themselves', () => {
  const midway = () => talk(book).say('pengaduan', '1', 'terbuka', 'Antrean loket dua lama sekali, tiga jam')

  it('are alone with the citizen: nothing of the bot is said, everything reaches them', () => {
    const citizen = midway().take({ type: 'staff_joined' })
    expect(citizen.heard).toContain('Petugas ingin berbicara langsung')
    citizen.say('Iya Pak, saya di rumah')
    expect(citizen.effects).toEqual([
      { type: 'perform', action: 'relay_to_staff', with: { text: 'Iya Pak, saya di rumah', file: '' } },
    ])
    citizen.take({ type: 'staff_wrote', ticket: 'LSM-2611-7K4QXH', kind: 'told', text: 'Baik.' })
    expect(citizen.heard).toBe('Baik.')
  })

  it('give the draft back at the very question', () => {
    const before = midway()
    const question = before.heard
    const citizen = talk(book, before.state).take({ type: 'staff_joined' }).say('halo')
    citizen.take({ type: 'staff_released' })
    expect(citizen.heard).toBe(`Percakapan dengan petugas sudah selesai. Kita lanjutkan.\n\n${question}`)
    expect(citizen.effects.map(({ type }) => type)).toEqual(['send'])
  })

  it.each([
    ['batal', 'cancelled'],
    ['menu', 'cancelled'],
  ])('are told when the citizen leaves by %j', (word, how) => {
    const citizen = midway().take({ type: 'staff_joined' }).say(word)
    expect(citizen.effects).toContainEqual({ type: 'hand_back', how })
    expect(citizen.state.at?.flow).toBe('complaint')
  })

  it('are told when nobody wrote for long, as the citizen is', () => {
    const citizen = midway().take({ type: 'staff_joined' }).take({ type: 'silence' })
    expect(citizen.heard).toContain('Sudah lama tidak ada pesan')
    expect(citizen.effects).toContainEqual({ type: 'hand_back', how: 'silent' })
  })

  it('do not hear "status" with a code, which the bot answers', () => {
    const citizen = midway().take({ type: 'staff_joined' }).say('status LSM-2611-7K4QXH')
    expect(citizen.effects).toMatchObject([{}, { action: 'ticket_status' }, { type: 'hand_back' }])
    expect(midway().take({ type: 'staff_joined' }).say('lapor tadi kok belum ya').effects).toMatchObject([
      { action: 'relay_to_staff' },
    ])
  })

  it('hear a cry for help only after its answer', () => {
    const citizen = midway().take({ type: 'staff_joined' }).say('kebakaran di loket!')
    expect(citizen.effects).toMatchObject([{ type: 'send' }, { action: 'relay_to_staff' }])
    expect(citizen.heard).toContain('*112*')
  })
})

describe('a report for the restricted desk', () => {
  const ASKED = {
    type: 'staff_wrote',
    ticket: 'LSM-2611-7K4QXH',
    kind: 'asked',
    text: 'Loket mana?',
  } as const
  const relayed = (effects: Effect[]) => effects.filter(effect => effect.type === 'perform')

  it.each([
    ['anonim', ['pengaduan', '1', 'anonim']],
    ['rahasia', ['pengaduan', '1', 'rahasia']],
    ['about an officer', ['pengaduan', '2', 'terbuka']],
  ])('that is %s keeps its next words from staff who come to talk meanwhile', (_, words) => {
    const citizen = talk(book)
      .say(...words)
      .take({ type: 'staff_joined' })
    expect(citizen.heard).toContain('Isian ini tidak terlihat olehnya')
    citizen.say('Kepala loket minta uang lima puluh ribu')
    expect(relayed(citizen.effects)).toEqual([])
    citizen.say('batal')
    expect(citizen.heard).toContain('Petugas ingin berbicara langsung')
    citizen.say('Iya, Pak?')
    expect(relayed(citizen.effects)).toMatchObject([{ action: 'relay_to_staff' }])
  })

  it('forgets those who went again', () => {
    const citizen = talk(book).say('pengaduan', '1', 'anonim').take({ type: 'staff_joined' })
    citizen.take({ type: 'staff_released' }).say('batal')
    expect(citizen.heard).not.toContain('Petugas ingin')
  })

  it('is followed by no word that answers what staff asked about another one', () => {
    const afterthought = (mode: string) => {
      const citizen = talk(book).take(ASKED).say('pengaduan', '1', mode, 'batal')
      return citizen.say('Tadi saya lupa bilang, kejadiannya di loket tiga')
    }
    expect(afterthought('terbuka').state.at?.answers.ticket).toBe(ASKED.ticket)
    for (const mode of ['anonim', 'rahasia', 'keduanya'])
      expect(JSON.stringify(afterthought(mode).state)).not.toContain(ASKED.ticket)
  })
})
