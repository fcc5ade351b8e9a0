/** The longest wait: 4 to the power of 5 seconds, 17 minutes. */
const MOST = 5
const REMEMBERED = 10_000

/**
 * How long to leave one person alone who was sent too much: 4 to the power of n seconds, as Meta asks, n being how often it has
 * said so without a message taken in between.
 */
export function createPairLimit() {
  const met = new Map<string, number>()
  return {
    /** Milliseconds until the next try. */
    refused(office: string, address: string): number {
      const key = `${office} ${address}`
      const n = met.get(key) ?? 0
      if (met.size >= REMEMBERED) met.clear()
      met.set(key, Math.min(n + 1, MOST))
      return 4 ** n * 1000
    },
    taken(office: string, address: string): void {
      met.delete(`${office} ${address}`)
    },
  }
}

export type PairLimit = ReturnType<typeof createPairLimit>
