import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutLabel, renderMessage, splitText } from '../../src/channels/choices.ts'

const options = ['Layanan', 'Petugas', 'Rekrutmen'].map((label, i) => ({ id: `1.${i}`, label }))
const can = { buttons: 3, labelMax: 20, textMax: 100 }

describe('choices', () => {
  it('are buttons where there are enough of them', () => {
    expect(renderMessage('Tentang apa?', options, can)).toEqual([{ text: 'Tentang apa?', options }])
  })

  it.each([0, 2])('are numbered in the text where a channel has %i buttons', buttons => {
    expect(renderMessage('Tentang apa?', options, { ...can, buttons })).toEqual([
      { text: 'Tentang apa?\n\n1. Layanan\n2. Petugas\n3. Rekrutmen' },
    ])
  })

  it('stand under the last part of a long message', () => {
    const parts = renderMessage('kata '.repeat(50), options, can)
    expect(parts.map(part => 'options' in part)).toEqual([false, false, true])
  })

  it.each([
    ['Layanan', 'Layanan'],
    ['Pelayanan kepegawaian kota', 'Pelayanan kepegawai…'],
    ['Keluarga 👩‍👩‍👧‍👦 dan anak', 'Keluarga…'],
  ])('label %j is cut to %j', (label, cut) => {
    expect(cutLabel(label, 20)).toBe(cut)
  })
})

describe('a long text', () => {
  it.each([
    ['', ['']],
    ['pendek', ['pendek']],
    ['satu dua tiga empat', ['satu dua', 'tiga empat']],
    ['Satu dua. Tiga', ['Satu dua.', 'Tiga']],
    ['satu\n\ndua tiga', ['satu', 'dua tiga']],
    ['abcdefghijklmno', ['abcdefghij', 'klmno']],
    ['abcdefgh 👩‍👩‍👧‍👦', ['abcdefgh', '👩‍👩‍👧‍', '👦']],
  ])('%j is split into %j', (text, parts) => {
    expect(splitText(text, 10)).toEqual(parts)
  })

  it('loses nothing but white space, never exceeds the limit, never breaks a pair', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 400 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 16, max: 60 }), (text, most) => {
        const parts = splitText(text, most)
        const bare = (whole: string) => whole.replace(/\s/g, '')
        expect(bare(parts.join(''))).toBe(bare(text))
        for (const part of parts) expect(part.length <= most && part.isWellFormed()).toBe(true)
      }),
    )
  })

  it('of a megabyte is split in well under a second', () => {
    const started = performance.now()
    splitText('kata '.repeat(200_000), 4096)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
