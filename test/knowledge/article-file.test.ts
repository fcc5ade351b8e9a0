import { expect, it } from 'vitest'
import { readArticleFiles } from '../../src/article-files.ts'
import type { Problem } from '../../src/conversation/problem.ts'
import { readArticle } from '../../src/knowledge/article-file.ts'
import { standing } from '../../src/knowledge/staleness.ts'

const FRONT = {
  id: 'biaya',
  question: '"Berapa biayanya?"',
  source: 'Kantor',
  as_of: '2026-01-02',
  valid_until: '',
  class: 'law',
  checked_by: '',
}

function written(more: Record<string, string> = {}, answer = 'Gratis.'): string {
  const lines = Object.entries({ ...FRONT, ...more }).map(([name, value]) => `${name}: ${value}`)
  return `---\n${lines.join('\n')}\n---\n\n${answer}\n`
}

function problemsOf(text: string): string[] {
  const problems: Problem[] = []
  readArticle('a.md', text, problems)
  return problems.map(({ line, text: what }) => `${line}: ${what}`)
}

it('reads front matter and answer, on every system', () => {
  const text = written({ tags: '[satu, dua]', link: 'https://contoh.go.id' }, 'Baris satu.\n---\nBaris dua.')
  const article = readArticle('a.md', text.replaceAll('\n', '\r\n'), [])
  expect(article).toMatchObject({
    id: 'biaya',
    tags: ['satu', 'dua'],
    alternatives: [],
    valid_until: null,
    checked_by: null,
    answer: 'Baris satu.\n---\nBaris dua.',
  })
})

it.each([
  ['no front matter', 'Gratis.', '1: an article begins with ---'],
  ['an id nobody can type', written({ id: 'Biaya CPNS' }), '2: "id": small letters'],
  ['a day that is none', written({ as_of: '2026-02-30' }), '5: "as_of": should be a day of the calendar'],
  [
    'a class that is none',
    written({ class: 'years' }),
    '7: "class" should be one of: law, yearly, event, local.',
  ],
  [
    'a short-lived fact without an end',
    written({ class: 'event' }),
    '6: an article of class "event" needs a day',
  ],
  ['an end before the beginning', written({ valid_until: '2025-12-31' }), '6: it ends before it begins'],
  ['a link that is none', written({ link: 'contoh.go.id' }), '9: "link": should be an address'],
  ['no answer', written({}, ''), '9: the answer below the second --- is missing'],
  ['too long an answer', written({}, 'a'.repeat(2001)), '9: the answer has 2001 characters'],
])('refuses %s with the line and what to do', (_, text, told) => {
  expect(problemsOf(text).join('\n')).toContain(told)
})

it('has nothing to say against the articles that are shipped', () => {
  const problems: Problem[] = []
  const offices = ['lhokseumawe', 'medan', 'tangerang-selatan', 'tanjungbalai']
  expect(readArticleFiles('flows', offices, problems).length).toBeGreaterThan(60)
  expect(problems).toEqual([])
})

it.each([
  ['law', null, null, 'valid'],
  ['law', '2026-11-22', null, 'valid'],
  ['law', '2026-11-21', 'Rina', 'expired'],
  ['local', '2026-11-21', 'Rina', 'expired'],
  ['yearly', '2026-12-31', 'Rina', 'valid'],
  ['yearly', '2026-12-31', null, 'unconfirmed'],
  ['event', null, 'Rina', 'unconfirmed'],
  ['event', '2026-11-22', 'Rina', 'valid'],
  ['event', '2026-11-21', 'Rina', 'expired'],
] as const)('%s until %s, checked by %s, is %s', (kind, valid_until, checked_by, told) => {
  expect(standing({ class: kind, valid_until, checked_by }, '2026-11-22')).toBe(told)
})
