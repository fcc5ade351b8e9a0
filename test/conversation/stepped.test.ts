import { expect, it } from 'vitest'
import { advance } from '../../src/conversation/engine.ts'
import { type Event, restingState, type State } from '../../src/conversation/state.ts'
import { type Stepped, stepped } from '../../src/conversation/stepped.ts'
import { booksIn } from '../helpers/books.ts'

const { medan } = await booksIn('flows')
if (medan === undefined) throw new Error('the example office is missing')
const book = medan

/** What a citizen's words count, one list a turn; actions go well. */
function counts(...said: string[]): string[][] {
  let state: State = restingState('id')
  return said.map(text => {
    const turn: Stepped[] = []
    const due: Event[] = [{ type: 'replied', kind: 'text', text, at: '2026-11-23T09:00:00+07:00' }]
    for (let event = due.shift(); event !== undefined; event = due.shift()) {
      const after = advance(book, state, event)
      turn.push(...stepped(state, after.state, after.effects))
      state = after.state
      if (after.effects.some(({ type }) => type === 'perform'))
        due.push({ type: 'action_finished', result: { text: 'Jawaban.' }, at: event.at })
    }
    return turn.map(({ flow, step, did }) => `${did} ${flow}.${step}`)
  })
}

it('counts a step once, however often its question is put', () => {
  expect(counts('lapor', 'xyz', 'xyz').map(turn => turn.filter(one => one.includes('complaint')))).toEqual([
    ['reached complaint.', 'reached complaint.topic'],
    [],
    [],
  ])
})

it('counts leaving as given up at the step where it happened', () => {
  expect(counts('lapor', 'layanan', 'batal').at(-1)).toEqual(['given_up complaint.mode'])
})

it('counts a menu left for what it offers as finished, and a flow told meanwhile not at all against the one behind it', () => {
  expect(counts('menu', 'pengaduan').at(-1)).toEqual([
    'finished menu.',
    'reached complaint.',
    'reached complaint.topic',
  ])
  const turns = counts('lapor', 'layanan', 'privasi').flat()
  expect(turns.filter(one => one === 'reached complaint.mode')).toHaveLength(1)
  expect(turns.filter(one => one.startsWith('given_up'))).toEqual([])
})

it('counts a draft that was put aside neither as given up nor as reached anew', () => {
  const turns = counts('lapor', 'layanan', 'status', '1', 'batal', 'ya')
  expect(turns.flat().filter(one => one.startsWith('given_up complaint'))).toEqual([])
  expect(turns.flat().filter(one => one === 'reached complaint.mode')).toHaveLength(1)
})
