import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markUp } from '../../src/channels/whatsapp-markup.ts'

const isolated = (words: string) => `\u2068${words}\u2069`

/** What WhatsApp makes bold, italic, struck out or code: a sign at the edge of a word, and its like at the end of one. */
const FORMATS = /(?<![\p{L}\p{N}])([*_~])(?!\s)[^\n]*?(?<!\s)\1(?![\p{L}\p{N}])|`/u

describe('our markup at WhatsApp', () => {
  it.each([
    ['Ketik *menu* atau _batal_.', 'Ketik *menu* atau _batal_.'],
    [`Draf *${isolated('a*b*c')}* ada`, 'Draf *a*b*c* ada'],
    [`Isi: ${isolated('*tebal* _miring_')}`, 'Isi: ∗tebal∗ ˍmiringˍ'],
    [`${isolated('siti_99@example.id')} dan ${isolated('_siti')}`, 'siti_99@example.id dan ˍsiti'],
    ['harga ~10.000~ `kode`', 'harga ∼10.000∼ ˋkodeˋ'],
    ['~a', '∼a'],
    ['lanjutan *x*\u2069 *y*', 'lanjutan ∗x∗ *y*'],
    ['dibuka \u2068*x* sampai akhir', 'dibuka ∗x∗ sampai akhir'],
    ['  *awal*  ', '*awal*'],
    ['😀 \ud83d', '😀 \ufffd'],
  ])('%j', (given, shown) => expect(markUp(given)).toBe(shown))

  it('formats nothing others wrote, and is never longer than it was', () => {
    const words = fc.string({ unit: fc.constantFrom('*', '_', '~', '`', ' ', '\n', 'a', '😀', '1', '.') })
    fc.assert(
      fc.property(words, theirs => {
        const shown = markUp(`Isi: ${isolated(theirs)} .`)
        expect(shown).not.toMatch(FORMATS)
        expect(shown.length).toBe(`Isi: ${theirs} .`.length)
        expect(markUp(`*A* ${isolated(theirs)} _b_`)).toMatch(/^\*A\* [\s\S]* _b_$/)
      }),
      { numRuns: 10_000, seed: 1 },
    )
  })
})
