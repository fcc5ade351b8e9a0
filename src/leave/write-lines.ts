import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'

/** Letters gathered before they are written: a call of the disk for each row would cost more than the row. */
const GATHERED = 64 * 1024

export type Written = { bytes: number; sum: string }

/** Lines into a file that was not there, only its owner's to read; counted and summed as they go. */
export type Lines = {
  write(line: string): Promise<void>
  /** Synced to the disk. */
  end(): Promise<Written>
  /** Gives the file up without a word: something else went wrong. */
  drop(): Promise<void>
}

export async function writeLines(file: string): Promise<Lines> {
  const handle: FileHandle = await open(file, 'wx', 0o600)
  const hash = createHash('sha256')
  let [gathered, bytes] = ['', 0]

  async function flush(): Promise<void> {
    const text = Buffer.from(gathered)
    gathered = ''
    hash.update(text)
    bytes += text.length
    await handle.writeFile(text)
  }

  return {
    async write(line) {
      gathered += line
      if (gathered.length >= GATHERED) await flush()
    },
    async end() {
      await flush()
      await handle.sync()
      await handle.close()
      return { bytes, sum: hash.digest('hex') }
    },
    drop: () => handle.close(),
  }
}
