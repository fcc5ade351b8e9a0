/** Work in order within one lane, and side by side between lanes. */
export type Lanes = {
  run<T>(lane: string, work: () => Promise<T>): Promise<T>
  /** How much is under way or in line. */
  count(): number
  /** The same of one lane. */
  inLine(lane: string): number
}

/** So much of one chat is in line that more would keep calls of others from being taken: a platform is asked to come again. */
export class LineFull extends Error {
  override name = 'LineFull' as const
}

export function createLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>()
  const lines = new Map<string, number>()
  let count = 0
  return {
    count: () => count,
    inLine: lane => lines.get(lane) ?? 0,
    async run(lane, work) {
      count += 1
      lines.set(lane, (lines.get(lane) ?? 0) + 1)
      // What became of the one before is its own caller's affair.
      const mine = (ends.get(lane) ?? Promise.resolve()).then(work, work)
      ends.set(lane, mine)
      try {
        return await mine
      } finally {
        count -= 1
        const left = (lines.get(lane) ?? 1) - 1
        if (left === 0) lines.delete(lane)
        else lines.set(lane, left)
        if (ends.get(lane) === mine) ends.delete(lane)
      }
    },
  }
}
