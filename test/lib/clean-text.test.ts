import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMessage } from '../../src/channels/choices.ts'
import { writeTable } from '../../src/exchange/write-table.ts'
import { looksAlike, shown, shownLine } from '../../src/lib/clean-text.ts'
import { drawGraph } from '../../src/lib/graphviz.ts'
import { framed } from '../../src/portal/look/frame.ts'

describe('what is shown', () => {
  it.each([
    ['turned round', 'laporan \u202eanem\u202c', 'laporan anem'],
    ['hidden', 'pe\u200btu\u2060gas\ufeff \u00ad\u{e0041}', 'petugas '],
    ['a joiner that joins nothing', 'pe\u200d\u200dtugas\u200c 08\u200d1', 'petugas 081'],
    ['a variant of a letter', 'pe\ufe0ftugas', 'petugas'],
    ['a terminal, broken', 'a\u001b[31mb\u0000c\u0007\u009b', 'a[31mbc'],
    ['marks without end', `z${'\u0301'.repeat(50)}algo`, `z${'\u0301'.repeat(4)}algo`],
    ['half a pair', 'a\ud800b', 'a\ufffdb'],
    ['lines of other kinds', 'a\r\nb\u2028c', 'a\nb\nc'],
    ['an isolate that never ends', '\u2068*a* \u2066b', '*a* b'],
    // What is taken out must leave nothing behind that it held apart from its letter.
    ['a joiner behind half an isolate', 'ra\u2068\u200dhasia', 'rahasia'],
    ['a joiner within an isolate', '\u2068\u200drahasia\u2069', '\u2068rahasia\u2069'],
    ['a variant behind a joiner', 'ra\u200d\ufe0fhasia', 'rahasia'],
    [
      'marks piled over half an isolate',
      `a${'\u0301'.repeat(4)}\u2069${'\u0301'.repeat(4)}`,
      `a${'\u0301'.repeat(4)}`,
    ],
  ])('is not %s', (_, typed, expected) => expect(shown(typed)).toBe(expected))

  it.each([
    'Lampu padam di simpang, sejak 3 hari.',
    'terima kasih 🙏🏽 👩‍👩‍👧‍👦 🏳️‍🌈 1️⃣',
    'نص عربي، می‌خواهم',
    'ꦲꦤꦕꦫꦏ ꦏꦿ',
    'Tiếng Việt e\u0302\u0301',
    'Kata \u2068*orang*\u2069 lain',
  ])('keeps %s', typed => expect(shown(typed)).toBe(typed))

  it('is the same when it is cleaned again, and one line where one is asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(shown(shown(text))).toBe(shown(text))
        expect(shownLine(text)).not.toMatch(/[\n\t]/)
      }),
    )
  })
})

it.each([
  ['Kеpala', true],
  ['Αdmin', true],
  ['Kepala Dinas', false],
  ['Иван Budi', false],
  ['', false],
])('%s looks like another name: %s', (name, expected) => expect(looksAlike(name)).toBe(expected))

describe('every way out', () => {
  const HOSTILE = `kata\u202e\u200b${'\u0301'.repeat(9)}akhir`
  const CLEAN = `kata${'\u0301'.repeat(4)}akhir`

  it('is cleaned: messages and their choices, pages, pictures, tables', async () => {
    const can = { buttons: 3, labelMax: 200, textMax: 4096 }
    const [part] = renderMessage(HOSTILE, [{ id: HOSTILE, label: HOSTILE }], can)
    expect(part?.text).toBe(CLEAN)
    // What a press brings back is no text for eyes.
    expect(part?.options).toEqual([{ id: HOSTILE, label: CLEAN }])
    const tongue = { language: 'id' as const, t: (id: string) => id }
    const page = await framed({ title: HOSTILE, tongue, accent: 'teal', top: '' as never, body: '' as never })
    expect(page).toContain(`<title>${CLEAN}</title>`)
    const svg = await drawGraph({ nodes: [{ name: 'a', attributes: { label: HOSTILE } }] })
    expect(svg).toContain(CLEAN)
    const table = { columns: ['kata'], rows: [[HOSTILE]] }
    expect((await writeTable(table, 'csv')).toString()).toContain(`${CLEAN}\r\n`)
    expect(JSON.parse((await writeTable(table, 'json')).toString())).toEqual([{ kata: HOSTILE }])
  })
})
