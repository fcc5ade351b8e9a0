import { describe, expect, it } from 'vitest'
import { lintFlow } from '../../src/conversation/lint-flow.ts'
import { parseFlow } from '../../src/conversation/parse-flow.ts'
import type { Problem } from '../../src/conversation/problem.ts'
import { booksIn } from '../helpers/books.ts'
import { talk } from './talk.ts'

const { lhokseumawe: book } = await booksIn('flows')
if (book === undefined) throw new Error('the office is missing')

const atMode = () => talk(book).say('pengaduan', '1')

describe('a flow that only tells something', () => {
  it('leaves the draft exactly as it was', () => {
    const citizen = atMode()
    const draft = citizen.state.at
    expect(citizen.say('privasi').state.at).toEqual(draft)
    expect(citizen.state.parked).toBeUndefined()
  })

  it('keeps a draft that was put aside before, and never stands behind another of its kind', () => {
    const citizen = atMode().say('hapus data', 'Simpan dahulu').say('batal').say('Lanjutkan isian itu')
    citizen.say('hapus data', 'Simpan dahulu', 'status LSM-2611-7K4QXH').result({ found: 'pin', text: '' })
    expect(citizen.state).toMatchObject({
      at: { flow: 'status', behind: { flow: 'erase' } },
      parked: { flow: 'complaint' },
    })
    citizen.say('bahasa')
    expect(citizen.state.at).toMatchObject({ flow: 'language', behind: { flow: 'erase' } })
    expect(citizen.state.at?.behind?.behind).toBeUndefined()
    expect(citizen.say('batal').state).toMatchObject({
      at: { flow: 'erase' },
      parked: { flow: 'complaint' },
    })
  })

  it('gives the draft back before a person is called, so that it is put aside and not lost', () => {
    const citizen = atMode().say('bahasa', 'xyz', 'xyz', 'xyz', 'ya')
    expect(citizen.effects.some(effect => effect.type === 'hand_over')).toBe(true)
    expect(citizen.state.parked).toMatchObject({ flow: 'complaint', step: 'mode' })
  })

  it('fails without harm to the draft', () => {
    const citizen = atMode().say('data saya').take({ type: 'action_failed', reason: 'away' })
    expect(citizen.heard).toContain('data belum dapat ditampilkan')
    expect(citizen.heard).toContain('Bagaimana kerahasiaan laporan ini?')
  })

  it('is silent for long like the draft behind it', () => {
    const citizen = atMode().say('bahasa').take({ type: 'silence' })
    expect(citizen.heard).toContain('masih kami simpan')
    expect(citizen.state.at?.behind?.flow).toBe('complaint')
  })

  it('lets go of a draft whose flow is gone', () => {
    const { state } = atMode().say('bahasa')
    const complaint = book.flows.complaint
    if (complaint === undefined) throw new Error('there is no complaint')
    const flows = { ...book.flows, complaint: { ...complaint, version: 'newer' } }
    const citizen = talk({ ...book, flows, versions: {} }, state).say('batal')
    expect(citizen.heard).toContain('pertanyaannya sudah berubah')
    expect(citizen.state.at).toBeUndefined()
  })
})

describe('what leaves no trace', () => {
  it('is a question in front of an anonymous draft, or at a report opened by its receipt', () => {
    const draft = talk(book).say('pengaduan', '3', 'anonim', 'status')
    draft.result({ count: 'banyak', first: 'A', options: { A: 'Lampu', B: 'Jalan' }, text: '' })
    expect(draft.say('kapan dijawab ya?').effects.some(effect => effect.type === 'perform')).toBe(false)
    expect(draft.heard).toContain('pertanyaan di tengahnya tidak kami teruskan')
    const reader = talk(book).say('status K7QX4T9MZ2R8W5HD')
    reader.result({ found: 'ya', by: 'tanda_terima', text: 'Diproses' }).say('kapan dijawab ya?')
    expect(reader.effects.some(effect => effect.type === 'perform')).toBe(false)
  })
})

describe('a walk nobody would be sorry to lose', () => {
  it.each([
    ['which report is meant', ['belum selesai']],
    ['the PIN of a report', ['status LSM-2611-7K4QXH']],
  ])('is %s: another word opens its flow at once', (_what, said) => {
    const citizen = talk(book).say(...said)
    citizen.result({
      found: 'pin',
      text: '',
      count: 'banyak',
      first: 'A',
      options: { A: 'Lampu', B: 'Jalan' },
    })
    expect(citizen.say('hapus data').state.at?.flow).toBe('erase')
    expect(citizen.state.asking).toBeUndefined()
  })

  it('is not a message already written about a report', () => {
    const wrote = {
      type: 'staff_wrote',
      ticket: 'LSM-2611-7K4QXH',
      kind: 'answered',
      text: 'Beres.',
    } as const
    const citizen = talk(book).take(wrote).say('Lampunya mati lagi tadi malam')
    citizen.result({ count: '1', first: 'LSM-2611-7K4QXH', options: {}, text: '' })
    expect(citizen.say('hapus data').state.asking).toBe('keep')
  })

  it('hears "belum selesai" as the message, where a report was opened by its receipt', () => {
    const citizen = talk(book).say('balas K7QX4T9MZ2R8W5HD')
    citizen.result({ found: 'ya', by: 'tanda_terima', text: '' }).say('belum selesai')
    expect(citizen.effects).toMatchObject([
      { action: 'add_message', with: { ticket: 'K7QX4T9MZ2R8W5HD', text: 'belum selesai' } },
    ])
  })
})

describe('the lint', () => {
  const lint = (steps: string) => {
    const problems: Problem[] = []
    const text = `flow: told\ntitle: Told\nmeanwhile: true\nsteps:\n${steps}`
    const parsed = parseFlow('told.yaml', text, problems)
    if (parsed !== undefined)
      lintFlow(parsed.flow, parsed.source, { flows: ['menu'], actions: {}, office: [] }, problems)
    return problems.map(({ line, text }) => `${line}: ${text}`)
  }

  it.each([
    ['a handover', '  person:\n    handover: general\n    note: Ada.\n    say: Baik.\n', 'is a handover'],
    [
      'a sole choice of nothing kept',
      "  one:\n    choose: Mana?\n    options: { a: A }\n    sole: 'true'\n  told:\n    end: Begini.\n",
      'is "sole"',
    ],
    ['a road out', '  told:\n    say: Begini.\n    next: menu\n', 'leads out to "menu"'],
  ])('refuses %s in it', (_what, steps, problem) => {
    expect(lint(steps)).toEqual([expect.stringContaining(problem)])
  })

  it('has nothing against one that ends', () => {
    expect(lint('  told:\n    end: Begini.\n')).toEqual([])
  })
})
