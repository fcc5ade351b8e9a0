/** Something wrong in a file people write: where, and what to do about it, in plain words. */
export type Problem = { file: string; line: number; text: string }

export function showProblem({ file, line, text }: Problem): string {
  return `${file}:${line}: ${text}`
}

/** The known word nearest to one that was mistyped, if any is near enough. */
export function nearest(word: string, known: string[]): string | undefined {
  return known
    .map(candidate => ({ candidate, distance: distanceOf(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate
}

/** The nearest known word as a hint: ` Did you mean "min"?`. Empty when none is near. */
export function didYouMean(word: string, known: string[]): string {
  const near = nearest(word, known)
  return near === undefined ? '' : ` Did you mean "${near}"?`
}

/** Letters to add, drop, change or swap with their neighbour. Words here are short. */
function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3 || a.length > 60) return 99
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number) => rows[i]?.[j] ?? 99
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? at(i - 2, j - 2) + 1 : 99
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swap))
    }
  }
  return at(a.length, b.length)
}
