import { expect, it } from 'vitest'
import { KNOWN_ACTIONS } from '../../src/conversation/known-actions.ts'
import { type Tried, type Try, tryFlow } from '../../src/conversation/try-flow.ts'
import { booksIn } from '../helpers/books.ts'
import { dice } from '../helpers/walker.ts'

const { medan } = await booksIn('flows')
if (medan === undefined) throw new Error('the example office is missing')
const book = medan
const tryOut = (flow: string, tries: Try[], language = 'id') =>
  tryFlow(book, KNOWN_ACTIONS, { flow, language, day: '2026-11-23' }, tries)

const WORDS = [
  '',
  'ya',
  'tidak',
  '1',
  'batal',
  'kembali',
  'lewati',
  'petugas',
  'menu',
  'besok',
  'kapan buka?',
  '__proto__',
  'lampu padam di simpang',
]

/** What somebody might do next: mostly what the page offers, sometimes what it does not. */
function next(tried: Tried, chance: () => number): Try {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)]
  const { pretend, options, sends } = tried
  const roll = chance()
  if (roll < 0.1) return { text: pick(WORDS) ?? '' }
  if (roll < 0.15) return { choice: '99.constructor' }
  if (roll < 0.2) return { done: { options: 'no record', kind: '__proto__' } }
  if (pretend !== undefined)
    return chance() < 0.25
      ? { failed: pick(pretend.fails) ?? '' }
      : { done: Object.fromEntries(pretend.asks.map(({ field, values }) => [field, pick(values) ?? ''])) }
  if (sends !== undefined && chance() < 0.5) return { sends }
  return options.length > 0 ? { choice: pick(options)?.id ?? '' } : { text: pick(WORDS) ?? '' }
}

it('walks every flow to its end or on, whatever is tried, and the same way twice', () => {
  const ended = new Set<string>()
  for (const flow of Object.keys(book.flows))
    for (let seed = 0; seed < 6; seed++) {
      const chance = dice(seed)
      const tries: Try[] = []
      let tried = tryOut(flow, tries, seed % 2 === 0 ? 'id' : 'en')
      while (tries.length < 25 && tried.waiting !== 'nothing' && tried.waiting !== 'staff') {
        tries.push(next(tried, chance))
        tried = tryOut(flow, tries, seed % 2 === 0 ? 'id' : 'en')
      }
      expect(tryOut(flow, tries, seed % 2 === 0 ? 'id' : 'en')).toEqual(tried)
      if (tried.lines.some(line => line.from === 'house' && line.is === 'closed')) ended.add(flow)
    }
  expect(ended.size).toBeGreaterThan(Object.keys(book.flows).length / 2)
})

it('asks how an action went with the values that the flow looks for', () => {
  const { pretend } = tryOut('status', [])
  expect(pretend?.action).toBe('my_tickets')
  expect(pretend?.asks).toEqual([{ field: 'count', values: expect.arrayContaining(['0']) }])
})
