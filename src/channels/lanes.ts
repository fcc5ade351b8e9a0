/** Work in order within one lane, and side by side between lanes. */
export type Lanes = {
  run<T>(lane: string, work: () => Promise<T>): Promise<T>
  /** How much is under way or in line. */
  count(): number
}

export function createLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>()
  let count = 0
  return {
    count: () => count,
    async run(lane, work) {
      count += 1
      // What became of the one before is its own caller's affair.
      const mine = (ends.get(lane) ?? Promise.resolve()).then(work, work)
      ends.set(lane, mine)
      try {
        return await mine
      } finally {
        count -= 1
        if (ends.get(lane) === mine) ends.delete(lane)
      }
    },
  }
}
