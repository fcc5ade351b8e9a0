import { randomUUID } from 'node:crypto'
import { chmod, chown, link, mkdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Refusal } from '../../lib/refusal.ts'
import { canUse, chooseUser, isRoot, type RunAs } from './run-as.ts'

/** Where a cluster lives and who runs it. `home` is for copies of the programs, should any be needed. */
export type Place = { dataDir: string; folder: string; runAs: RunAs; home: string }

/** For root only: a folder every user of the machine can pass through. */
const shared = '/var/lib/balai'

async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(folder)
    return { uid, gid }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function makeFor(runAs: RunAs, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (runAs) await chown(folder, runAs.uid, runAs.gid)
}

/** Reads the note that names a place elsewhere; writes it if there is none. Of two who write at once, one wins. */
async function notedPlace(note: string, wanted?: string): Promise<string | undefined> {
  if (wanted !== undefined) {
    const draft = `${note}.${randomUUID()}`
    await writeFile(draft, `${wanted}\n`, { flush: true })
    await link(draft, note).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(draft)
  }
  return readFile(note, 'utf8').then(
    text => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    },
  )
}

async function inShared(dataDir: string, note: string, runAs: RunAs): Promise<Place> {
  await mkdir(shared, { recursive: true })
  await chmod(shared, 0o755)
  const folder = (await notedPlace(note, join(shared, randomUUID()))) ?? ''
  const owner = await ownerOf(folder)
  if (owner !== undefined && owner.uid !== 0) return { dataDir, folder, runAs: owner, home: shared }
  await makeFor(runAs, folder)
  return { dataDir, folder, runAs, home: shared }
}

/** Removes the folder if nothing is in it. If a cluster is, a new one elsewhere would look like a loss of everything. */
async function leaveEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (cause) {
    // Another first start at this moment was quicker.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return
    throw new Refusal(
      `The database in ${folder} cannot be reached by the user it runs as: a folder above is closed to it. ` +
        'Your move: open the folders above for passing through (chmod o+x), or move DATA_DIR.',
      { cause },
    )
  }
}

/**
 * The cluster's folder: `postgres` in DATA_DIR. Started by root with a DATA_DIR that the server's user cannot reach
 * (we open DATA_DIR itself for passing through, never a folder above it), it lies under /var/lib/balai, and the file
 * `postgres.place` in DATA_DIR tells where; so a DATA_DIR that was moved still finds it.
 */
export async function findPlace(dataDir: string): Promise<Place> {
  await mkdir(dirname(resolve(dataDir)), { recursive: true })
  // Not in the same call: its mode would close the folders above too, and nobody else could pass through them.
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const data = await realpath(dataDir)
  const note = join(data, 'postgres.place')
  const folder = join(data, 'postgres')
  const home = isRoot ? shared : data
  const owner = await ownerOf(folder)
  if (!isRoot) {
    if (owner !== undefined && owner.uid !== process.getuid?.() && process.platform !== 'win32') {
      throw new Refusal(
        `${folder} belongs to another user: Balai was started as root here before. ` +
          'Your move: start it as root again, or set another DATA_DIR.',
      )
    }
    await makeFor(undefined, folder)
    return { dataDir: data, folder, runAs: undefined, home }
  }
  const chosen = chooseUser()
  if ((await notedPlace(note)) !== undefined) return inShared(data, note, chosen)
  // A cluster made by an ordinary user goes on under that user.
  const runAs = owner === undefined || owner.uid === 0 ? chosen : owner
  await makeFor(runAs, folder)
  if (canUse(runAs, folder)) return { dataDir: data, folder, runAs, home }
  const { mode } = await stat(data)
  await chmod(data, (mode & 0o7777) | 0o011)
  if (canUse(runAs, folder)) return { dataDir: data, folder, runAs, home }
  await leaveEmpty(folder)
  return inShared(data, note, runAs)
}
