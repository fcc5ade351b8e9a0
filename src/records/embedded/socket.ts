import { createHash } from 'node:crypto'
import { chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../lib/refusal.ts'
import type { Place } from './place.ts'
import { canUse } from './run-as.ts'

/** The number in the socket's name; nothing listens on a port of that number. */
export const socketPort = 5432

// The kernel's field holds 108 bytes on Linux and 104 on macOS, the closing zero included.
const longest = 100

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= longest
}

/**
 * The folder for the server's socket: the cluster's own, or a short one in the temp folder, closed to everybody else.
 * Somebody might have put one there before us to listen in; then we refuse.
 */
export async function socketFolder(place: Place): Promise<string> {
  if (fits(place.folder)) return place.folder
  const name = `balai-${createHash('sha256').update(place.folder).digest('hex').slice(0, 16)}`
  for (const temp of [tmpdir(), '/tmp']) {
    const folder = join(temp, name)
    if (!fits(folder)) continue
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    const found = await lstat(folder)
    const { uid, gid } = place.runAs ?? { uid: process.getuid?.(), gid: process.getgid?.() }
    const ours = found.uid === uid || found.uid === process.getuid?.()
    if (!found.isDirectory() || !ours || (found.mode & 0o077) !== 0) {
      throw new Refusal(`${folder} is not ours. Your move: remove it, or set a DATA_DIR with a shorter path.`)
    }
    if (uid !== undefined && gid !== undefined && found.uid !== uid) await chown(folder, uid, gid)
    if (canUse(place.runAs, folder)) return folder
  }
  throw new Refusal(
    `The path of DATA_DIR is too long for a socket (${longest} bytes). Your move: set a shorter one.`,
  )
}
