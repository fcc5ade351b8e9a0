import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'

const SOURCES = new URL('../../../src/', import.meta.url).href

type Range = readonly [from: number, to: number]
/** A function that ran, and the parts of it that did not. */
type Ran = { name: string; missed: Range[] }

export type Coverage = {
  /** What ran since this was last asked. */
  taken(): Promise<Ran[]>
  /** Files of ours that have run at all. */
  files(): string[]
  stop(): Promise<void>
}

/**
 * What V8 itself counts, block by block; nothing is written into the code and nothing native is loaded. Modules that were loaded before
 * are counted as well, as long as they run after this.
 */
export async function openCoverage(counts: (url: string) => boolean = isOurs): Promise<Coverage> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const files = new Set<string>()
  return {
    async taken() {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      return result
        .filter(({ url }) => counts(url))
        .flatMap(({ url, scriptId, functions }) => {
          const ran = functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0)
          if (ran.length > 0) files.add(url)
          return ran.map(({ ranges }) => ({
            name: `${scriptId}:${ranges[0]?.startOffset}:${ranges[0]?.endOffset}`,
            missed: ranges
              .filter(({ count }) => count === 0)
              .map(({ startOffset, endOffset }) => [startOffset, endOffset] as const),
          }))
        })
    },
    files: () => [...files].filter(url => url.startsWith('file:')).map(url => fileURLToPath(url)),
    async stop() {
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

/** By function, the parts that never ran so far; a function that never did is not there. */
export type Missed = Map<string, readonly Range[]>

/** Takes in what ran; whether any of it never did before. V8's ranges lie within each other or apart. */
export function learn(missed: Missed, ran: readonly Ran[]): boolean {
  let isNew = false
  for (const { name, missed: now } of ran) {
    const before = missed.get(name)
    const left = before?.flatMap(one => now.flatMap(other => shared(one, other)))
    if (before === undefined || left === undefined || lengthOf(left) < lengthOf(before)) {
      isNew = true
      missed.set(name, left ?? now)
    }
  }
  return isNew
}

function shared([from, to]: Range, [start, end]: Range): Range[] {
  const both = [Math.max(from, start), Math.min(to, end)] as const
  return both[0] < both[1] ? [both] : []
}

function lengthOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0)
}

function isOurs(url: string): boolean {
  return url.startsWith(SOURCES)
}
