import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { openLog } from '../../src/lib/log.ts'
import { startThrowAway } from '../../src/records/embedded/throw-away.ts'

/** Seconds until Node has begun and ended. */
export async function bareNode(): Promise<number> {
  const began = performance.now()
  await promisify(execFile)(process.execPath, ['-e', '0'])
  return (performance.now() - began) / 1000
}

/** Seconds until a new PostgreSQL, which syncs nothing to the disk, can be asked: no table is made. */
export async function barePostgres(): Promise<number> {
  const began = performance.now()
  const server = await startThrowAway(openLog('silent'))
  const seconds = (performance.now() - began) / 1000
  await server.stop()
  return seconds
}
