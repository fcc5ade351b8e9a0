import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hostile } from './corpus.ts'

/** An office takes 2,000 files a day; beside ours so many of others have room. */
const MOST = 1_500

/** Every file below a folder of somebody else's, such as a collection of pictures with metadata or of odd uploads: whatever it is, it may be refused. */
export async function filesOf(folder: string): Promise<Hostile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).slice(0, MOST)
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      what: 'of others',
      name,
      bytes: await readFile(join(parentPath, name)),
      as: 'any' as const,
    })),
  )
}
