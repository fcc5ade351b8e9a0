/** How much of what two questions are about together must be in both; of four matters at most one may differ. */
const ALIKE = 0.6

/** How much of all that two questions are about is in both, 0 to 1. */
export function likeness(one: readonly bigint[], other: readonly bigint[]): number {
  const all = new Set([...one, ...other])
  const both = one.filter(word => other.includes(word)).length
  return all.size === 0 ? 0 : both / all.size
}

export function isAlike(one: readonly bigint[], other: readonly bigint[]): boolean {
  return likeness(one, other) >= ALIKE
}

/** Questions that ask the same, together: each group around the first asked, the biggest by `weigh` first. */
export function groupsOf<Q extends { words: readonly bigint[] }>(
  questions: readonly Q[],
  weigh: (group: Q[]) => number,
): Q[][] {
  const groups: Q[][] = []
  for (const question of questions) {
    let best: { group: Q[]; how: number } | undefined
    for (const group of groups) {
      const how = likeness(question.words, group[0]?.words ?? [])
      if (how >= ALIKE && how > (best?.how ?? 0)) best = { group, how }
    }
    if (best === undefined) groups.push([question])
    else best.group.push(question)
  }
  return groups.toSorted((a, b) => weigh(b) - weigh(a))
}
