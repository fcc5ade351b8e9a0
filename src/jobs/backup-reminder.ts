import { heldAfterRestore, restoredFact } from '../backup/restored.ts'
import { erasingRests } from '../records/clock.ts'
import type { Db } from '../records/db.ts'
import { houseFact } from '../records/house-facts.ts'
import { copyConfirmed } from '../records/key-copy.ts'
import type { Keyring } from '../records/keyring.ts'
import { keysStand } from './renew-keys.ts'

/** Days after which a backup is no recent one. */
export const RECENT_DAYS = 7
const DAY_MS = 86_400_000

/** When the last backup was made; undefined when none ever was. */
export async function lastBackup({ pool }: Db): Promise<Date | undefined> {
  const fact = await houseFact(pool, 'last_backup')
  return fact === undefined ? undefined : new Date(fact)
}

/** What an operator must see to before a disk fails. `about` is for logs, `words` for a person. */
export type Warning = { about: 'keys' | 'backup' | 'restored' | 'clock'; words: string }

type House = { db: Db; keyring: Keyring; keyFile: string; mode: 'trial' | 'live' }

/** Said at every start and once a day; none is good news. Of backups only where real citizens write. */
export async function operatorWarnings({ db, keyring, keyFile, mode }: House, now: Date): Promise<Warning[]> {
  const warnings: Warning[] = []
  if ((await copyConfirmed(db.pool, keyring)) === undefined)
    warnings.push({
      about: 'keys',
      words:
        `no copy of the keys is confirmed, and without ${keyFile} nothing that citizens wrote can be read. ` +
        'Your move: copy it to another place, then npm run keys -- confirm FILE',
    })
  const keys = await keysStand(db.pool)
  if (keys?.locked === true)
    warnings.push({
      about: 'keys',
      words: `the outer key is to be renewed, and ${keyFile} may not be written from here. Your move: docs/keys.md`,
    })
  if (keys?.waits === true)
    warnings.push({
      about: 'keys',
      words:
        'a new outer key was made, and is not used before a copy of it is kept. ' +
        'Your move: npm run backup, which seals it along, or npm run keys -- confirm FILE',
    })
  const backup = mode === 'live' ? backupWords(await lastBackup(db), now) : undefined
  if (backup !== undefined) warnings.push({ about: 'backup', words: backup })
  const step = await erasingRests(db.pool)
  if (step !== undefined)
    warnings.push({
      about: 'clock',
      words:
        `the clock went forward by ${Math.round(step.byMs / 3_600_000)} hours at once, and nothing is erased for a day. ` +
        'Your move: see that the time service (NTP) of this machine and of the database runs',
    })
  if ((await restoredFact(db.pool)) !== undefined) {
    const { words } = await heldAfterRestore(db.pool)
    const count = words.reduce((sum, one) => sum + one.count, 0)
    warnings.push({
      about: 'restored',
      words: `a backup was restored: ${count} messages are held and nothing is said first. Your move: npm run restore -- held`,
    })
  }
  return warnings
}

/** What is wrong with a last backup of then; undefined when it is recent. */
export function backupWords(last: Date | undefined, now: Date): string | undefined {
  if (last === undefined) return 'there has never been a backup. Your move: npm run backup (docs/backup.md)'
  if (now.getTime() - last.getTime() <= RECENT_DAYS * DAY_MS) return undefined
  return `the last backup is of ${last.toISOString().slice(0, 10)}. Your move: npm run backup`
}
