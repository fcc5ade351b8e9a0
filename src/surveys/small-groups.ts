/** Of fewer than so many nothing is told: people would know each other in it. */
export const LEAST = 5

/**
 * Which of the groups that make up a whole have to be hidden: all that are too small and, where what is left of the whole when the
 * shown ones are taken away would still be one of them or too few, the smallest of the others as well. Empty groups tell nothing and are shown.
 */
export function hiddenAmong(sizes: readonly number[]): boolean[] {
  const hidden = sizes.map(n => n > 0 && n < LEAST)
  const left = () => sizes.filter((_, n) => hidden[n])
  while (left().length > 0 && (left().length < 2 || left().reduce((a, b) => a + b, 0) < LEAST)) {
    const shown = sizes.flatMap((size, n) => (hidden[n] || size === 0 ? [] : [{ size, n }]))
    const [smallest] = shown.toSorted((a, b) => a.size - b.size)
    if (smallest === undefined) break
    hidden[smallest.n] = true
  }
  return hidden
}
