import { spawnSync } from 'node:child_process'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { spaceAt } from '../../../src/records/free-space.ts'

export type SmallDisk = {
  folder: string
  /** Fills it until only so many bytes are left. */
  fillTo(left: number): Promise<void>
  empty(): Promise<void>
  remove(): Promise<void>
}

const CHUNK = Buffer.alloc(1024 * 1024)

/** A file system of its own in memory; undefined where this user may mount none. */
export async function smallDisk(folder: string, mib: number): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true })
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=755`, 'tmpfs', folder]).status !== 0)
    return undefined
  const filler = join(folder, 'filler')
  return {
    folder,
    async fillTo(left) {
      const handle = await open(filler, 'a')
      try {
        for (let { free } = await spaceAt(folder); free > left; { free } = await spaceAt(folder))
          await handle.write(CHUNK.subarray(0, Math.min(CHUNK.length, free - left)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        await handle.close()
      }
    },
    empty: () => rm(filler, { force: true }),
    async remove() {
      spawnSync('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
