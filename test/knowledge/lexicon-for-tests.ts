import { fileURLToPath } from 'node:url'
import { readLexicon } from '../../src/lexicon-files.ts'

/** The lexicon as shipped: what staff edit is what the tests read. */
export const lexicon = readLexicon(fileURLToPath(new URL('../../flows/knowledge', import.meta.url)))
