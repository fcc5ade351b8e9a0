import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

class TooLarge extends Error {}

/** Tables that came in and were not finished with: a crash leaves them, nobody needs them an hour later. */
const FORGOTTEN_MS = 3_600_000

/** A folder for what comes in over HTTP while it is read: a slow sender must not hold a transaction open. */
export function openSpool(folder: string) {
  return {
    /** Writes a body into a file and gives `use` its path; 'too-large' when there is more than `most` bytes. It is gone afterwards. */
    async hold<T>(
      body: ReadableStream<Uint8Array> | null,
      most: number,
      use: (path: string) => Promise<T>,
    ): Promise<T | 'too-large'> {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      await removeForgotten(folder)
      const path = join(folder, randomUUID())
      try {
        if (body !== null)
          await pipeline(Readable.fromWeb(body), atMost(most), createWriteStream(path, { mode: 0o600 }))
        return await use(path)
      } catch (error) {
        if (error instanceof TooLarge) return 'too-large'
        throw error
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

export type Spool = ReturnType<typeof openSpool>

function atMost(most: number): Transform {
  let size = 0
  return new Transform({
    transform(piece: Buffer, _encoding, next) {
      size += piece.length
      next(size > most ? new TooLarge() : null, piece)
    },
  })
}

async function removeForgotten(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const at = await stat(join(folder, name)).catch(() => undefined)
    if (at !== undefined && Date.now() - at.mtimeMs > FORGOTTEN_MS)
      await rm(join(folder, name), { force: true })
  }
}
