import type { IndexResult } from './index.ts'

/** How two indices differ in hundredths, or why they must not be put side by side. */
export type Comparison = { difference: number } | { refused: 'weight' | 'rule' | 'elements' }

/**
 * Compares two results. Refuses what was reckoned by another weight, graded by another rule or asked about other elements: the
 * difference would be of the convention and not of the service.
 */
export function compareResults(now: IndexResult, before: IndexResult): Comparison {
  if (now.convention !== before.convention) return { refused: 'weight' }
  if (now.rule !== before.rule) return { refused: 'rule' }
  const names = ({ elements }: IndexResult) => Object.keys(elements).toSorted().join()
  if (names(now) !== names(before)) return { refused: 'elements' }
  return { difference: Math.round((now.ikm - before.ikm) * 100) / 100 }
}
