import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { FilePlace } from './file-place.ts'
import { DiskFull, roomKeeper, type Space, spaceAt } from './free-space.ts'

const FULL = ['ENOSPC', 'EDQUOT']

/** Sealed files in a folder, made when it is first needed. `look` reads how much is free; the disk itself by default. */
export function openFolder(folder: string, look?: () => Promise<Space>): FilePlace {
  const space = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return spaceAt(folder)
  }
  return {
    write: (id, bytes) => writeWhole(folder, id, bytes),
    read: id => readWhole(folder, id),
    namesBefore: when => filesBefore(folder, when),
    async remove(names) {
      for (const name of names) await rm(join(folder, name), { force: true })
    },
    hasRoom: roomKeeper(look ?? space),
  }
}

/** Writes a file so that it is there whole or not at all, also after the power fails. */
async function writeWhole(folder: string, id: string, bytes: Buffer): Promise<void> {
  const temporary = join(folder, `${id}.part`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // To the day, like every time that might be laid beside somebody's presence on a phone.
    await utimes(temporary, today(), today())
    await rename(temporary, join(folder, id))
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    if (FULL.includes(String((error as NodeJS.ErrnoException).code)))
      throw new DiskFull('No room for a file.', { cause: error })
    throw error
  }
}

async function readWhole(folder: string, id: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, id))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function filesBefore(folder: string, before: Date): Promise<string[]> {
  const old: string[] = []
  for (const name of await namesIn(folder)) {
    const there = await stat(join(folder, name)).catch(() => undefined)
    if (there?.isFile() && there.mtime < before) old.push(name)
  }
  return old
}

/** None before the first file: the folder is made with it. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** A rename is on the disk only once the folder is; Windows syncs folders by itself and cannot be asked to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function today(): Date {
  return new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000)
}
