import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/knowledge/article.ts'
import { ask } from '../../src/knowledge/ask.ts'
import { createIndex } from '../../src/knowledge/index.ts'
import { lexicon } from './lexicon-for-tests.ts'

const PIECES = [
  'ktp',
  'hilang',
  'kartu keluarga',
  'jadwal ujian',
  'biaya',
  'ijazah',
  'syarat',
  'formasi',
  'zumba',
  'qoros',
]
const sentence = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 })
  .map(words => words.join(' '))
const article = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  question: sentence,
  alternatives: fc.array(sentence, { maxLength: 2 }),
  answer: sentence,
  tags: fc.array(fc.constantFrom('ktp', 'kk'), { maxLength: 1 }),
})

describe('an index', () => {
  it('changed in place answers as one built anew', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(article, fc.boolean()), { maxLength: 12 }),
        sentence,
        (changes, question) => {
          const changed = createIndex(lexicon)
          const kept = new Map<string, Article>()
          for (const [one, leaves] of changes) {
            changed.put(one)
            kept.set(one.id, one)
            // Asked in between, so that whatever it keeps for speed has something to go stale.
            ask(changed, question)
            if (leaves) {
              changed.remove(one.id)
              kept.delete(one.id)
            }
          }
          const anew = ask(createIndex(lexicon, kept.values()), question)
          const now = ask(changed, question)
          expect(changed.size()).toBe(kept.size)
          expect(now.answer).toBe(anew.answer)
          expect(now.ranked.map(({ article }) => article)).toEqual(anew.ranked.map(({ article }) => article))
          expect(now.confidence).toBeCloseTo(anew.confidence, 4)
        },
      ),
      { numRuns: 60 },
    ))

  it('forgets an article that leaves, and nothing else', () => {
    const of = (id: string, question: string) => ({ id, question, alternatives: [], answer: '', tags: [] })
    const index = createIndex(lexicon, [
      of('ktp', 'Bagaimana mengurus KTP hilang?'),
      of('kk', 'Bagaimana mengurus KK hilang?'),
    ])
    index.remove('ktp')
    index.remove('never there')
    expect(ask(index, 'ktp hilang').ranked.map(({ article }) => article)).toEqual(['kk'])
  })

  it('of no articles knows nothing', () =>
    expect(ask(createIndex(lexicon), 'kapan cpns dibuka')).toEqual({
      answer: null,
      suggest: [],
      confidence: 0,
      ranked: [],
    }))
})
