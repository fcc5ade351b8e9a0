import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NAME, timeOf } from './make-backup.ts'

const DAY_MS = 86_400_000

/** What the sealed keys of a backup are called. */
export const KEYS = '.keys.json'

/**
 * Removes backups older than so many days, and their keys: what was erased since must not be readable for ever. The newest is never
 * removed. Gives their names.
 */
export async function removeOld(into: string, keysDir: string, days: number, now: Date): Promise<string[]> {
  const names = (await readdir(into)).filter(name => NAME.test(name)).sort()
  const old = names.slice(0, -1).filter(name => now.getTime() - timeOf(name).getTime() > days * DAY_MS)
  for (const name of old) {
    await rm(join(keysDir, `${name}${KEYS}`), { force: true })
    await rm(join(into, name), { recursive: true, force: true })
  }
  return old
}
