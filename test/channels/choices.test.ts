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

/** What Meta's Cloud API takes. */
const cloud = {
  buttons: 3,
  labelMax: 20,
  textMax: 4096,
  choiceTextMax: 1024,
  list: { rows: 10, labelMax: 24, hintMax: 72 },
}
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, label: `Loket ${n + 1}` }))
const long = { id: 'l', label: 'Kenaikan pangkat dan jabatan fungsional' }

describe('where a channel has a list', () => {
  it('a few short choices are buttons all the same', () => {
    expect(renderMessage('Yang mana?', options, cloud)).toEqual([
      { text: 'Yang mana?', show: 'buttons', options },
    ])
  })

  it.each([
    ['more than there are buttons', many(4)],
    ['longer than a button', [...many(2), { id: 'x', label: 'Pelayanan kepegawaian' }]],
  ])('%s are a list', (_, given) => {
    expect(renderMessage('Yang mana?', given, cloud)).toEqual([
      { text: 'Yang mana?', show: 'list', options: given },
    ])
  })

  it('a label too long for its row stands whole below it', () => {
    const [part] = renderMessage('Yang mana?', [long, ...many(1)], cloud)
    expect(part?.options).toEqual([
      { id: 'l', label: 'Kenaikan pangkat dan ja…', hint: long.label },
      { id: '0', label: 'Loket 1' },
    ])
  })

  it('one too long even for that is numbered in the text, where nothing is hidden', () => {
    const label = 'kata '.repeat(20).trim()
    expect(renderMessage('Yang mana?', [{ id: 'l', label }], cloud)).toEqual([
      { text: `Yang mana?\n\n1. ${label}` },
    ])
  })

  it('more than a list holds are pages, in the words of the reader', () => {
    const parts = renderMessage('Loket mana?', many(23), cloud)
    expect(parts.map(({ text }) => text)).toEqual(['Loket mana?', 'Pilihan 11–20:', 'Pilihan 21–23:'])
    expect(parts.flatMap(part => part.options)).toEqual(many(23))
    expect(renderMessage('Which?', many(11), cloud, 'en')[1]?.text).toBe('Options 11:')
  })

  it('a text too long for choices leaves first, and its last question stands over them', () => {
    const told = 'kata '.repeat(300).trim()
    expect(renderMessage(`${told}\n\nYang mana?`, options, cloud)).toEqual([
      { text: told },
      { text: 'Yang mana?', show: 'buttons', options },
    ])
    expect(renderMessage(told, many(12), cloud).map(({ text }) => text)).toEqual([
      told,
      'Pilihan 1–10:',
      'Pilihan 11–12:',
    ])
    expect(renderMessage(told, options, cloud)[1]?.text).toBe('Silakan pilih:')
    expect(renderMessage('', options, cloud)[0]?.text).toBe('Silakan pilih:')
  })

  it('nothing is longer than the platform takes, and no choice is lost or shown twice', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 3000 })
    const bare = (whole: string) => whole.replace(/\s/g, '')
    const labels = fc.array(fc.string({ minLength: 1, maxLength: 90 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(words, labels, (text, given) => {
        const wanted = given.map((label, n) => ({ id: `${n}`, label }))
        const parts = renderMessage(text, wanted, cloud)
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(part.options === undefined ? 4096 : 1024)
          expect(part.options?.length ?? 0).toBeLessThanOrEqual(part.show === 'buttons' ? 3 : 10)
        }
        const shown = parts.flatMap(part => part.options?.map(({ id }) => id) ?? [])
        if (shown.length > 0) expect(shown).toEqual(wanted.map(({ id }) => id))
        else
          for (const label of given) expect(bare(parts.map(one => one.text).join(''))).toContain(bare(label))
      }),
    )
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
