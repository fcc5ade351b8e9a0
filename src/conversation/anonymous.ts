import { keptOf } from './answers.ts'
import { own } from './plain.ts'
import type { Standing } from './state.ts'

/** The options of a step `mode` by which a citizen asks not to be known. */
const ANONYMOUS = new Set(['anonim', 'keduanya'])

/**
 * Whether the citizen asked not to be known in this draft, also while that very answer is being changed, or reads an
 * anonymous report by its receipt.
 */
export function isAnonymous(at: Standing | undefined): boolean {
  if (at === undefined) return false
  return ANONYMOUS.has(own(at.answers, 'mode') ?? '') || keptOf(at, 'found.by') === 'tanda_terima'
}

/** Whether a kept file, `file:<id>:<name>`, is something else than a picture, by its name: those alone are kept. */
export function isDocument(answer: string): boolean {
  return /^file:[^:]*:.*\.\w+$/s.test(answer) && !/\.(jpe?g|png|webp|heic)$/i.test(answer)
}
