import { expect, it } from 'vitest'
import { asGiven, whyGiven } from '../../src/knowledge/as-given.ts'
import { article } from '../helpers/knowledge.ts'

const kept = (id: string, more: Parameters<typeof article>[0]) => [id, { ...article(more), id }] as const
const articles = new Map([
  kept('tetap', {}),
  kept('lewat', {
    class: 'event',
    valid_until: '2026-11-21',
    checked_by: 'Rina',
    link: 'https://contoh.go.id',
  }),
  kept('contoh', { answer: '(contoh) Belum diisi.' }),
])
const reply = (answer: string | null, also?: string[]) => ({
  answer,
  suggest: [],
  confidence: 0.9,
  ranked: [],
  ...(also === undefined ? {} : { also }),
})

it.each([
  ['what may be told', reply('tetap'), 'tetap', undefined],
  ['nothing where it may not', reply('lewat'), null, undefined],
  ['the other of two questions', reply('lewat', ['tetap']), 'tetap', undefined],
  ['the first of two, alone', reply('tetap', ['lewat']), 'tetap', undefined],
  ['both', reply('tetap', ['contoh']), 'tetap', ['contoh']],
])('gives %s', (_, from, answer, also) => {
  const given = asGiven(from, articles, '2026-11-22')
  expect([given.answer, given.also]).toEqual([answer, also])
})

it('says why an article may be told, or what happens instead', () => {
  const lines = whyGiven(reply('lewat', ['tetap', 'contoh']), articles, '2026-11-22')
  expect(lines[0]).toContain(
    'expired on 2026-11-22, so it is named and not told; https://contoh.go.id is given',
  )
  expect(lines[1]).toContain('tetap (law, until it is replaced, checked by nobody): may be told')
  expect(lines[2]).toContain('not served in live mode')
})
