import { expect, it } from 'vitest'
import { advance } from '../../src/conversation/engine.ts'
import type { FlowBook } from '../../src/conversation/flow.ts'
import { restingState, type State } from '../../src/conversation/state.ts'
import { houses } from '../helpers/line.ts'

const book = houses.houses.get('lhokseumawe')?.book as FlowBook
/** The same house, some months on. */
const later: FlowBook = {
  ...book,
  house: {
    ...book.house,
    phrases: {
      ...book.house.phrases,
      notice_version: { id: 'versi 1 Mei 2027', en: 'version of 1 May 2027' },
    },
  },
}

function say(of: FlowBook, state: State, text: string, at = '2026-11-22T09:00:00+07:00') {
  const turn = advance(of, state, { type: 'replied', kind: 'text', text, at })
  const told = turn.effects.flatMap(effect => (effect.type === 'send' ? [effect.text] : []))
  return { state: turn.state, told: told.join('\n') }
}

it('remembers which privacy notice somebody saw, to the day, in either language, once', () => {
  for (const language of ['id', 'en']) {
    const { state } = say(book, restingState(language), 'privasi')
    expect(state.notices).toEqual([{ version: 'versi 21 November 2026', on: '2026-11-22' }])
    expect(say(book, state, 'privasi', '2026-11-23T09:00:00+07:00').state.notices).toEqual(state.notices)
  }
  expect(say(book, restingState('id'), 'menu').state.notices).toBeUndefined()
})

it('shows a changed notice once, at the next word, to those who saw an earlier one and to nobody else', () => {
  const { state } = say(book, restingState('id'), 'privasi')
  const next = say(later, state, 'menu', '2027-05-02T09:00:00+07:00')
  expect(next.told).toContain('Pemberitahuan privasi kami berubah, sekarang versi 1 Mei 2027')
  expect(next.state.notices).toEqual([
    { version: 'versi 21 November 2026', on: '2026-11-22' },
    { version: 'versi 1 Mei 2027', on: '2027-05-02' },
  ])
  expect(say(later, next.state, 'menu').told).not.toContain('berubah')
  expect(say(later, restingState('id'), 'menu').told).not.toContain('berubah')
})
