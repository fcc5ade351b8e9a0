import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Problem } from '../../src/conversation/problem.ts'
import { checkLexicon, readLexicon } from '../../src/lexicon-files.ts'

const WORDS = 'short:\n  tidak: gak, ga\nfiller: dan\nlight: di\nfaint: ada\nroots: ajar main\n'

function problemsOf(files: Record<string, string>): string[] {
  const home = mkdtempSync(join(tmpdir(), 'lexicon-'))
  for (const [name, text] of Object.entries({ 'words.yaml': WORDS, ...files }))
    writeFileSync(join(home, name), text)
  const problems: Problem[] = []
  const lexicon = checkLexicon(home, problems)
  expect(lexicon === undefined).toBe(problems.length > 0)
  if (problems.length > 0) expect(() => readLexicon(home)).toThrow('Your move, file by file')
  rmSync(home, { recursive: true })
  return problems.map(({ file, line, text }) => `${file.slice(home.length + 1)}:${line}: ${text}`)
}

it('takes concepts in either form', () => {
  expect(
    problemsOf({ 'a.yaml': 'cpns: cpns, pegawai negeri\nskd:\n  say: skd\n  within: cpns\n  weight: 1.2\n' }),
  ).toEqual([])
})

it.each([
  [
    'a role that is none',
    'cuaca:\n  say: hujan\n  role: elswhere\n',
    'a.yaml:3: "role" should be one of',
    'Did you mean "elsewhere"?',
  ],
  [
    'a broader concept that is none',
    'cpns: cpns\nskd:\n  say: skd\n  within: cpnss\n',
    'a.yaml:4: there is no concept "cpnss"',
    'Did you mean "cpns"?',
  ],
  [
    'a part nobody knows',
    'skd:\n  say: skd\n  referal: Samsat\n',
    'a.yaml:3: "skd" does not know "referal"',
    'Did you mean "referral"?',
  ],
  ['a concept without ways of saying it', 'skd:\n  weight: 1\n', 'a.yaml:1: "say" is missing', ''],
  [
    'a weight that is no number',
    'skd:\n  say: skd\n  weight: banyak\n',
    'a.yaml:3: "weight"',
    'a number such as 0.8',
  ],
  ['a tab', 'skd:\n\tsay: skd\n', 'a.yaml:2: there is a tab', 'use spaces'],
])('names file and line of %s', (_what, text, where, hint) => {
  const [first = ''] = problemsOf({ 'a.yaml': text })
  expect(first).toContain(where)
  expect(first).toContain(hint)
})

it('names a concept that stands in two files, and words that are missing', () => {
  expect(problemsOf({ 'a.yaml': 'skd: skd\n', 'b.yaml': 'cpns: cpns\nskd: tes\n' })[0]).toMatch(
    /^b\.yaml:2: "skd" stands in .*a\.yaml already/,
  )
  expect(
    problemsOf({ 'words.yaml': WORDS.replace('filler: dan\n', ''), 'a.yaml': 'skd: skd\n' })[0],
  ).toContain('"filler" is missing')
})
