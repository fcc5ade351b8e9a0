import type { Settled } from './settle.ts'

type Entry = { settled: Settled; resolve(): void; reject(error: unknown): void }

/**
 * What became of each send, written down together with what became of others: entries that come while one statement is on
 * its way form the next. Resolves once the entry is in the records.
 */
export function createLedger(
  write: (settled: Settled[]) => Promise<void>,
): (settled: Settled) => Promise<void> {
  let entries: Entry[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (entries.length > 0) {
      // Sends that end in the same turn of the event loop go into one statement.
      await new Promise(resolve => setImmediate(resolve))
      const batch = entries
      entries = []
      try {
        await write(batch.map(({ settled }) => settled))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    // In the same breath as nothing was left: whoever comes next begins a new round.
    writing = false
  }

  return settled =>
    new Promise((resolve, reject) => {
      entries.push({ settled, resolve, reject })
      if (!writing) void writeAll()
    })
}
