import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import fc from 'fast-check'

const OWN = join(import.meta.dirname, '../../fixtures/hostile')
/** A message may have 4,096 characters; what stands around these has room beside it. */
const LONGEST = 3_900

/** Every `*.json` (an array of strings) and `*.txt` (a string a line) of a folder. */
export function stringsIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const text = () => readFileSync(join(folder, name), 'utf8')
      if (name.endsWith('.txt')) return text().split('\n')
      return name.endsWith('.json') ? (JSON.parse(text()) as string[]) : []
    })
}

/** So many strings that hurt somebody: the known ones first, then whatever chance makes of all of Unicode. */
export function hostileStrings(count: number, corpora?: string): string[] {
  const known = createRequire(import.meta.url)('big-list-of-naughty-strings') as string[]
  const made = fc.sample(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.stringMatching(/^[*_~`<>&"'\\{}[\]()|=+@/;%$#\s-]{1,80}$/),
    ),
    { seed: 7, numRuns: count },
  )
  const all = [...stringsIn(OWN), ...(corpora === undefined ? [] : stringsIn(corpora)), ...known, ...made]
  return [...new Set(all.map(one => one.slice(0, LONGEST)))].filter(one => one.trim() !== '').slice(0, count)
}
