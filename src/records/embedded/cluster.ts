import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chown, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'
import { serverEnv } from './run-as.ts'

/** The database Balai's tables are in. */
export const database = 'balai'

/** The superuser of an embedded cluster, who owns the tables; and who the running program is, with rights on rows alone. */
export const USERS = { owner: 'balai', program: 'balai_program' } as const
export type User = keyof typeof USERS

const PASSWORDS = { owner: 'password', program: 'password-program' } as const

const run = promisify(execFile)

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}

/** Names are only kept after a crash once their folder is on the disk. Windows cannot do this, nor does it need to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** On Windows the server listens on loopback, where anybody may knock; so there it asks for a password. */
export async function passwordOf(place: Place, user: User): Promise<string | undefined> {
  if (process.platform !== 'win32') return undefined
  const file = join(place.folder, PASSWORDS[user])
  if (!(await exists(file))) {
    await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx', flush: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
  return (await readFile(file, 'utf8')).trim()
}

/**
 * Makes the cluster unless it is there, and gives its folder. It is made beside and then renamed, so a crash in
 * between leaves nothing half, and of two first starts at once both go on with the same one.
 */
export async function makeCluster(place: Place, binaries: Binaries): Promise<string> {
  const cluster = join(place.folder, 'cluster')
  if (await exists(cluster)) return cluster
  const making = join(place.folder, `.making-${randomUUID()}`)
  const password = await passwordOf(place, 'owner')
  // Builtin C.UTF-8: the same order and the same lower case on every system, whatever its locales.
  const args = [
    '-D',
    making,
    '-U',
    USERS.owner,
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  args.push('--locale=C', password === undefined ? '--auth=trust' : '--auth=scram-sha-256')
  if (password !== undefined) args.push(`--pwfile=${join(place.folder, PASSWORDS.owner)}`)
  await run(binaries.initdb, args, { cwd: place.folder, env: serverEnv, ...place.runAs })
  if (place.runAs) await chown(making, place.runAs.uid, place.runAs.gid)
  try {
    await rename(making, cluster)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error
    await rm(making, { recursive: true, force: true })
  }
  await syncFolder(place.folder)
  return cluster
}
