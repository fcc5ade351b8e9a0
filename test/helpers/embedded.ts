import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { openDb } from '../../src/records/db.ts'
import { type Embedded, startEmbedded } from '../../src/records/embedded/start.ts'
import { type Owner, startOwner } from './owner.ts'

// Embedded servers for a test: each in a folder of its own, ended with the test that started them.
export const log = openLog('silent')

/** A DATA_DIR that does not exist yet. */
export function freshDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'balai-test-'))
  chmodSync(folder, 0o755)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}

export async function start(dataDir: string): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log })
  onTestFinished(() => embedded.stop())
  return embedded
}

export function owner(dataDir: string, ...flags: 'write'[]): Owner {
  const started = startOwner(dataDir, ...flags)
  onTestFinished(async () => {
    started.kill('SIGTERM')
    await started.ended
  })
  return started
}

/** The values of the last statement's rows, asked as the owner. */
export async function ask(embedded: Embedded, text: string): Promise<unknown[]> {
  const db = openDb(embedded.owner, { max: 1 })
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
