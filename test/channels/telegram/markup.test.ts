import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markUp } from '../../../src/channels/telegram/markup.ts'

const bold = (offset: number, length: number) => ({ type: 'bold', offset, length })
const italic = (offset: number, length: number) => ({ type: 'italic', offset, length })
const isolated = (words: string) => `\u2068${words}\u2069`

describe('our markup', () => {
  it.each([
    ['Ketik *menu*.', 'Ketik menu.', [bold(6, 4)]],
    ['*LSM-2611-7K4QXH* · Pengaduan', 'LSM-2611-7K4QXH · Pengaduan', [bold(0, 15)]],
    ['😀 *dua* _tiga_', '😀 dua tiga', [bold(3, 3), italic(7, 4)]],
    ['2*3*4 dan snake_case_word', '2*3*4 dan snake_case_word', []],
    ['* satu\n* dua', '* satu\n* dua', []],
    ['*a\nb*', '*a\nb*', []],
    ['** dan * *', '** dan * *', []],
    ['  *awal*  ', 'awal', [bold(0, 4)]],
    [`Draf *${isolated('a*b*c')}* ada`, 'Draf a*b*c ada', [bold(5, 5)]],
    [`Isi: ${isolated('*tebal* _miring_')}`, 'Isi: *tebal* _miring_', []],
    [`${isolated('*x')}*`, '*x*', []],
    [`*${isolated('x*')}`, '*x*', []],
    ['lanjutan *x*\u2069 *y*', 'lanjutan *x* y', [bold(13, 1)]],
    ['dibuka \u2068*x* sampai akhir', 'dibuka *x* sampai akhir', []],
  ])('%j', (given, text, entities) => expect(markUp(given)).toEqual({ text, entities }))

  it('never makes markup of what others wrote, and shows it as it was typed', () => {
    const words = fc.string({
      unit: fc.constantFrom('*', '_', ' ', '\n', 'a', '😀', '`', '[x](http://x)', '\ud800'),
    })
    fc.assert(
      fc.property(words, theirs => {
        const { text, entities } = markUp(`*A* ${isolated(theirs)} _b_`)
        expect(text).toBe(`A ${theirs.toWellFormed()} b`)
        expect(entities).toEqual([bold(0, 1), italic(text.length - 1, 1)])
      }),
      { numRuns: 10_000, seed: 1 },
    )
  })

  it('gives offsets that lie inside the text, whatever it is, in a time that grows with its length alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '_', ' ', 'a', '\n', '😀') }), given => {
        const { text, entities } = markUp(given)
        let end = 0
        for (const { offset, length } of entities) {
          expect(offset).toBeGreaterThanOrEqual(end)
          expect(length).toBeGreaterThan(0)
          end = offset + length
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 5_000, seed: 1 },
    )
    const begun = performance.now()
    markUp('*a '.repeat(50_000))
    expect(performance.now() - begun).toBeLessThan(500)
  })
})
