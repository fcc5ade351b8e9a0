import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkShape } from './conversation/check-shape.ts'
import { type Problem, showProblem } from './conversation/problem.ts'
import { readSource } from './conversation/yaml-source.ts'
import { createLexicon, type Lexicon } from './knowledge/lexicon.ts'
import { checkConcepts, readConcepts, WordsShape } from './knowledge/lexicon-file.ts'
import { Refusal } from './lib/refusal.ts'

const WORDS = 'words.yaml'
/** Files of the folder that hold no concepts. */
const OTHERS: ReadonlySet<string> = new Set([WORDS, 'education.yaml'])

/** The lexicon of a folder that has passed `checkLexicon`; throws a Refusal that names every problem of one that has not. */
export function readLexicon(folder: string): Lexicon {
  const problems: Problem[] = []
  const lexicon = checkLexicon(folder, problems)
  if (lexicon !== undefined) return lexicon
  throw new Refusal(
    `The lexicon is not ready. Your move, file by file:\n${problems.map(one => `  ${showProblem(one)}`).join('\n')}`,
  )
}

/**
 * Reads the lexicon, `flows/knowledge/`: `words.yaml`, and concepts in all others but `education.yaml`; a concept stands in one of them.
 * Undefined when something is wrong, which is noted with file and line.
 */
export function checkLexicon(folder: string, problems: Problem[]): Lexicon | undefined {
  const before = problems.length
  const file = join(folder, WORDS)
  const words = existsSync(file) ? sourceOf(file, problems) : undefined
  if (!existsSync(file))
    problems.push({ file, line: 1, text: 'is missing; it holds the short and the empty words' })
  const read = words && checkShape(words, WordsShape, problems)
  const others = readdirSync(folder).filter(name => name.endsWith('.yaml') && !OTHERS.has(name))
  const concepts = others.toSorted().flatMap(name => {
    const source = sourceOf(join(folder, name), problems)
    return source === undefined ? [] : readConcepts(source, problems)
  })
  checkConcepts(concepts, problems)
  if (read === undefined || problems.length > before) return undefined
  return createLexicon(read, Object.fromEntries(concepts.map(({ id, source }) => [id, source])))
}

function sourceOf(file: string, problems: Problem[]) {
  return readSource(file, readFileSync(file, 'utf8'), problems)
}
