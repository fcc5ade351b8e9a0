import type { Flow } from './flow.ts'
import { type Around, knownNames } from './known-names.ts'
import type { ParsedWords } from './parse-words.ts'
import { placeholdersIn } from './phrase.ts'
import { own } from './plain.ts'
import { didYouMean, type Problem } from './problem.ts'

/** Placeholders in a translation, or in an office's own words, that nothing fills: a citizen would read a gap there. */
export function lintWords(
  flow: Flow,
  { data, source, isLost }: ParsedWords,
  around: Around,
  problems: Problem[],
): void {
  const known = knownNames(flow, around)
  for (const [name, step] of Object.entries(data.steps)) {
    if (own(flow.steps, name) === undefined || isLost(['steps', name])) continue
    for (const [key, words] of Object.entries(step)) {
      for (const used of new Set(placeholdersIn(JSON.stringify(words)))) {
        if (known.has(used)) continue
        const text = `"${name}" mentions {{${used}}}, but nothing fills it.${didYouMean(used, known.names)}`
        problems.push({ file: source.file, line: source.lineOf(['steps', name, key]), text })
      }
    }
  }
}
