import { FAILURES, type Failure } from './model.ts'

/** What is counted of every ask, by how it ended; for /metrics. */
export const modelCounts: Readonly<Record<string, string>> = {
  model_calls_total: 'Calls made to the language model.',
  model_answered_total: 'Asks that ended with words of the model that passed every check.',
  ...Object.fromEntries(
    Object.entries(FAILURES).map(([how, what]) => [`model_${how}_total`, `Asks that ended without. ${what}`]),
  ),
}

export function countOf(how: 'answered' | Failure): string {
  return `model_${how}_total`
}
