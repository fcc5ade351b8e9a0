import { z } from 'zod'
import { checkShape } from '../conversation/check-shape.ts'
import { didYouMean, type Problem } from '../conversation/problem.ts'
import type { Source } from '../conversation/yaml-source.ts'
import { CONCEPT_ROLES, type ConceptSource } from './lexicon.ts'
import { listed } from './listed.ts'

const words = z.string().trim().min(1)

/** `words.yaml`, as `WordsSource` explains it. */
export const WordsShape = z.strictObject({
  short: z.record(z.string(), words),
  filler: words,
  light: words,
  faint: words,
  roots: words,
})

const ConceptShape = z.strictObject({
  say: words,
  within: words.optional(),
  weight: z
    .string()
    .regex(/^\d(?:\.\d+)?$/, 'a number such as 0.8 or 1.5')
    .optional(),
  role: z.enum(CONCEPT_ROLES).optional(),
  referral: words.optional(),
})

/** A concept and where it is written. */
export type FiledConcept = { id: string; source: ConceptSource; file: Source }

/** The concepts of one file. What is wrong is noted, with its line. */
export function readConcepts(file: Source, problems: Problem[]): FiledConcept[] {
  const all = checkShape(file, z.record(z.string(), z.unknown()), problems) ?? {}
  return Object.entries(all).flatMap(([id, data]) => {
    const shape: z.ZodType<ConceptSource> = typeof data === 'object' ? ConceptShape : words
    const source = checkShape(file, shape, problems, [id], data)
    return source === undefined ? [] : [{ id, source, file }]
  })
}

/** Notes concepts that stand twice, and broader ones that stand nowhere. */
export function checkConcepts(concepts: FiledConcept[], problems: Problem[]): void {
  const first = new Map<string, FiledConcept>()
  for (const concept of concepts) {
    const other = first.get(concept.id)
    if (other === undefined) first.set(concept.id, concept)
    else note(concept, [], `"${concept.id}" stands in ${other.file.file} already; put both into one`)
  }
  const ids = [...first.keys()]
  for (const concept of concepts) {
    const { source } = concept
    for (const broader of listed(typeof source === 'string' ? '' : (source.within ?? ''))) {
      if (first.has(broader)) continue
      note(concept, ['within'], `there is no concept "${broader}" to be within.${didYouMean(broader, ids)}`)
    }
  }

  function note({ id, file }: FiledConcept, path: string[], text: string): void {
    problems.push({ file: file.file, line: file.lineOf([id, ...path]), text })
  }
}
