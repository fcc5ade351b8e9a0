import { statfs } from 'node:fs/promises'

/** Bytes that may still be written, of how many there are in all. */
export type Space = { free: number; total: number }

/** No room on the disk, said in PostgreSQL's own code for it, so that doors answer 503 as they do when it is full. */
export class DiskFull extends Error {
  override name = 'DiskFull' as const
  readonly code = '53100'
}

const GIB = 1024 ** 3
/** Below this no word is taken: the database needs what is left to end what it began. Its own limit is a panic (guarantees M13). */
const LEAST_FOR_WORDS = 256 * 1024 ** 2
const LEAST_SHARE = 0.05
/** A look costs a system call; a disk does not lose a gigabyte of files in ten seconds. */
const LOOK_MS = 10_000

/** What a process that is not root may use of the disk `folder` lies on. */
export async function spaceAt(folder: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { free: bavail * bsize, total: blocks * bsize }
}

/**
 * Tells whether there is room for files: at least 1 GiB and 5 % free. Below that what is left is for words, since a database
 * without room stops for everybody. Looks at most every ten seconds; a look that fails throws and is not remembered.
 */
export function roomKeeper(look: () => Promise<Space>, now: () => number = Date.now): () => Promise<boolean> {
  let last: { at: number; has: boolean } | undefined
  return async () => {
    if (last !== undefined && now() - last.at < LOOK_MS) return last.has
    const { free, total } = await look()
    last = { at: now(), has: free >= GIB && free >= total * LEAST_SHARE }
    return last.has
  }
}

/**
 * Tells whether there is room for words. Answers at once from the last look and looks again behind it, every ten seconds at most:
 * nobody's message waits for a disk, nor overtakes another. Who cannot be told takes them.
 */
export function wordsKeeper(look: () => Promise<Space>, now: () => number = Date.now): () => boolean {
  let has = true
  let at = Number.NEGATIVE_INFINITY
  return () => {
    if (now() - at >= LOOK_MS) {
      at = now()
      look().then(
        ({ free }) => {
          has = free >= LEAST_FOR_WORDS
        },
        () => {
          has = true
        },
      )
    }
    return has
  }
}
