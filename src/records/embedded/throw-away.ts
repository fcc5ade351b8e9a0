import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '../../lib/log.ts'
import { endServer, isAlive } from './postmaster.ts'
import { type Embedded, startEmbedded } from './start.ts'

const prefix = 'balai-throw-away-'

/** Ends the servers, and removes the folders, of processes that were killed before they could. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN
    if (!Number.isInteger(pid) || isAlive(pid)) continue
    const folder = join(tmpdir(), name)
    try {
      await endServer(join(folder, 'postgres', 'cluster'), 3000)
      await rm(folder, { recursive: true, force: true })
    } catch (error) {
      // Another user's, or another process sweeps it at the same moment.
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EACCES' && code !== 'EPERM' && code !== 'ENOENT' && code !== 'ENOTEMPTY') throw error
    }
  }
}

/** A server of its own for a terminal or a test run: nothing is synced to the disk, and `stop` leaves nothing behind. */
export async function startThrowAway(log: Log, settings: Record<string, string> = {}): Promise<Embedded> {
  await sweep()
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const embedded = await startEmbedded({ dataDir, log, settings: { ...quick, ...settings } })
  return {
    ...embedded,
    async stop() {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
