import type { Convention, RuleVersion } from './conventions.ts'
import type { Cell, Four, TraitCell } from './counts.ts'
import { fraction } from './fraction.ts'
import { type IndexResult, indexOf } from './index.ts'
import { hiddenAmong } from './small-groups.ts'

export type How = { convention: Convention; rule: RuleVersion; places?: number }

/** How many answered alike, and the sums of what they gave. */
export type Sums = { n: number; sums: Record<string, number> }

/** One group of a whole: its index, or that it is hidden, which says of `n` no more than that. */
export type Group =
  | { name: string; hidden: true }
  | { name: string; hidden: false; n: number; result: IndexResult }

export function sumOf([one, two, three, four]: Four): number {
  return one + 2 * two + 3 * three + 4 * four
}

/** The index of everybody in these. Undefined for nobody. */
export function resultOf({ n, sums }: Sums, elements: string[], how: How): IndexResult | undefined {
  if (n === 0) return undefined
  return indexOf(new Map(elements.map(element => [element, fraction(sums[element] ?? 0, n)])), how, n)
}

export function sumsOfCells(cells: Cell[]): Sums {
  const sums: Record<string, number> = {}
  for (const { counts } of cells)
    for (const [element, four] of Object.entries(counts)) sums[element] = (sums[element] ?? 0) + sumOf(four)
  return { n: cells.reduce((so, { n }) => so + n, 0), sums }
}

/** Groups of cells by what they have in common, in order of their names; small ones are hidden, also by what is left of the whole. */
export function groupsBy(
  cells: Cell[],
  key: 'unit' | 'service' | 'channel' | 'source' | 'month',
  elements: string[],
  how: How,
): Group[] {
  const byName = new Map<string, Cell[]>()
  for (const cell of cells) byName.set(cell[key], [...(byName.get(cell[key]) ?? []), cell])
  return shownGroups(
    [...byName].map(([name, own]) => [name, sumsOfCells(own)]),
    elements,
    how,
  )
}

/** Groups of people by one trait; who did not tell it is a group like the others. */
export function groupsByTrait(cells: TraitCell[], trait: string, elements: string[], how: How): Group[] {
  const byAnswer = new Map<string, Sums>()
  for (const { traits, n, sums } of cells) {
    const answer = traits[trait] ?? ''
    const before = byAnswer.get(answer) ?? { n: 0, sums: {} }
    const added = elements.map(
      element => [element, (before.sums[element] ?? 0) + (sums[element] ?? 0)] as const,
    )
    byAnswer.set(answer, { n: before.n + n, sums: Object.fromEntries(added) })
  }
  return shownGroups([...byAnswer], elements, how)
}

function shownGroups(groups: [name: string, sums: Sums][], elements: string[], how: How): Group[] {
  const inOrder = groups.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const hidden = hiddenAmong(inOrder.map(([, { n }]) => n))
  return inOrder.map(([name, sums], k): Group => {
    const result = hidden[k] ? undefined : resultOf(sums, elements, how)
    return result === undefined ? { name, hidden: true } : { name, hidden: false, n: sums.n, result }
  })
}
