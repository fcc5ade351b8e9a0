import { advance } from '../../src/conversation/engine.ts'
import type { FlowBook } from '../../src/conversation/flow.ts'
import {
  type Effect,
  type Event,
  type Result,
  restingState,
  type State,
} from '../../src/conversation/state.ts'
import { booksIn } from '../helpers/books.ts'

const AT = '2026-11-21T09:00:00+07:00'

/** The small house of the fixtures. */
export async function fixtureBook(): Promise<FlowBook> {
  const { contoh } = await booksIn('test/fixtures/flows')
  if (contoh === undefined) throw new Error('the fixture office is missing')
  return contoh
}

/** A conversation under test: say something, and look at what came of it. */
export type Talk = {
  state: State
  /** The text of all messages of the last turn. */
  heard: string
  effects: Effect[]
  labels: string[]
  ids: string[]
  take(event: Partial<Event> & { type: Event['type'] }): Talk
  say(...texts: string[]): Talk
  press(choice: string): Talk
  result(result: Result): Talk
}

export function talk(book: FlowBook, state: State = restingState('id')): Talk {
  const now: Talk = {
    state,
    heard: '',
    effects: [],
    labels: [],
    ids: [],
    take(event) {
      const turn = advance(book, now.state, { at: AT, ...event } as Event)
      const sends = turn.effects.filter(effect => effect.type === 'send')
      now.state = turn.state
      now.effects = turn.effects
      now.heard = sends.map(send => send.text).join('\n')
      now.labels = sends.flatMap(send => (send.options ?? []).map(option => option.label))
      now.ids = sends.flatMap(send => (send.options ?? []).map(option => option.id))
      return now
    },
    say(...texts) {
      for (const text of texts) now.take({ type: 'replied', kind: 'text', text })
      return now
    },
    press: choice => now.take({ type: 'replied', kind: 'text', text: '', choice }),
    result: result => now.take({ type: 'action_finished', result }),
  }
  return now
}

/** Everything up to the review, by the shortest road. */
export const TO_REVIEW = [
  'pengaduan',
  '1',
  'Loket dua selalu tutup',
  'lewati',
  'lewati',
  '0812 0000 0000',
  '2',
]
