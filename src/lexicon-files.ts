import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type ConceptSource, createLexicon, type Lexicon } from './knowledge/lexicon.ts'
import type { WordsSource } from './knowledge/vocabulary.ts'

/** Reads the lexicon, `flows/knowledge/`: `words.yaml`, and concepts in all other files; a concept stands in one of them. */
export function readLexicon(folder: string): Lexicon {
  const read = (file: string) => parse(readFileSync(join(folder, file), 'utf8'))
  const concepts: Record<string, ConceptSource> = {}
  for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml') && name !== 'words.yaml')) {
    for (const [id, source] of Object.entries<ConceptSource>(read(file))) {
      if (concepts[id] !== undefined) throw new Error(`${join(folder, file)}: ${id} stands in two files`)
      concepts[id] = source
    }
  }
  return createLexicon(read('words.yaml') as WordsSource, concepts)
}
