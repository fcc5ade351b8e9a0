import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { openDb } from '../../src/records/db.ts'
import { type Embedded, startEmbedded } from '../../src/records/embedded/start.ts'
import { type Owner, startOwner } from './owner.ts'

// Embedded servers for a test file: each in a folder of its own, all of them ended after the test that started them.
export const log = openLog('silent')
const folder = await mkdtemp(join(tmpdir(), 'balai-test-'))
await chmod(folder, 0o755)
const running: (Embedded | Owner)[] = []
let number = 0

afterEach(async () => {
  for (const one of running.splice(0)) {
    if ('stop' in one) await one.stop()
    else {
      one.kill('SIGTERM')
      await one.ended
    }
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A DATA_DIR that does not exist yet. */
export function freshDir(): string {
  number += 1
  return join(folder, `data-${number}`)
}

export async function start(dataDir: string): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log })
  running.push(embedded)
  return embedded
}

export function owner(dataDir: string, ...flags: 'write'[]): Owner {
  const started = startOwner(dataDir, ...flags)
  running.push(started)
  return started
}

/** The values of the last statement's rows. */
export async function ask(embedded: Embedded, text: string): Promise<unknown[]> {
  const db = openDb(embedded.connection, { max: 1 })
  const results = [await db.pool.query({ text, rowMode: 'array' }).finally(() => db.close())].flat()
  return results.at(-1)?.rows.flat() ?? []
}

/** Waits, up to 15 seconds, until it holds; an error means not yet. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 15_000; performance.now() < end; await wait(20)) {
    if (await holds().catch(() => false)) return
  }
  throw new Error('It did not come true within 15 seconds.')
}
