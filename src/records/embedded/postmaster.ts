import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What a running server wrote about itself; its line order is PostgreSQL's. */
export type Postmaster = { pid: number; port: number; socketFolder: string }

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  })
}

/** The server that runs on this cluster, or ran and was killed; undefined when it ended in order or never began. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = (await textOf(join(cluster, 'postmaster.pid')))?.split('\n') ?? []
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4] ?? '' }
}

/** Ended, but nobody has asked how: in a container whose first process does not, a killed owner's server stays so. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * A pid that is certainly not the server's: it lives, and is another program. Happens after a restart of the machine or
 * its container, where small numbers come round again. Undefined where the system does not tell (anything but Linux).
 */
export async function isStranger(pid: number): Promise<boolean> {
  const command = await textOf(`/proc/${pid}/cmdline`)
  return command !== undefined && command !== '' && !command.includes('postgres')
}

/**
 * Ends the server: SIGINT is its "fast" stop, which rolls back what is open and writes everything out. Past `limitMs`
 * SIGQUIT ends it at once; nothing committed is lost by that, the next start takes longer. Resolves when it is gone.
 */
export async function endServer(cluster: string, limitMs: number): Promise<void> {
  const server = await readPostmaster(cluster)
  if (server === undefined || (await isStranger(server.pid))) return
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isAlive(server.pid)) return
    process.kill(server.pid, signal)
    const until = performance.now() + limitMs
    while (performance.now() < until) {
      if (!isAlive(server.pid)) return
      await wait(10)
    }
  }
}
