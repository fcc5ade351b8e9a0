import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type ConceptSource, createLexicon, type Lexicon } from './knowledge/lexicon.ts'
import type { WordsSource } from './knowledge/vocabulary.ts'

/** Files of the folder that hold no concepts. */
const OTHERS = new Set(['words.yaml', 'education.yaml'])

/** Reads the lexicon, `flows/knowledge/`: `words.yaml`, and concepts in all files but `education.yaml`; a concept stands in one of them. */
export function readLexicon(folder: string): Lexicon {
  const read = (file: string) => parse(readFileSync(join(folder, file), 'utf8'))
  const concepts: Record<string, ConceptSource> = {}
  for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml') && !OTHERS.has(name))) {
    for (const [id, source] of Object.entries<ConceptSource>(read(file))) {
      if (concepts[id] !== undefined) throw new Error(`${join(folder, file)}: ${id} stands in two files`)
      concepts[id] = source
    }
  }
  return createLexicon(read('words.yaml') as WordsSource, concepts)
}
