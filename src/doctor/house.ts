import { restoredFact } from '../backup/restored.ts'
import { backupWords, lastBackup } from '../jobs/backup-reminder.ts'
import { type KeysStand, keysStand } from '../jobs/renew-keys.ts'
import type { Db } from '../records/db.ts'
import { houseFact } from '../records/house-facts.ts'
import { copyConfirmed } from '../records/key-copy.ts'
import { fingerprint, type Keyring } from '../records/keyring.ts'
import { type Finding, good, must, note } from './finding.ts'

type House = { db: Db; keyring: Keyring | undefined; mode: 'trial' | 'live'; now: Date }

/** Keys, backups, and what a restore left undecided. */
export async function lookAtHouse({ db, keyring, mode, now }: House): Promise<Finding[]> {
  const findings: Finding[] = []
  const serious = mode === 'live' ? must : note
  const sealedBy = await houseFact(db.pool, 'sealing_key')
  if (keyring !== undefined && sealedBy !== undefined && sealedBy !== fingerprint(keyring))
    findings.push(
      must('keys', 'they do not belong to this database. Your move: put back the key file that was in use.'),
    )
  else if (keyring !== undefined) {
    const day = await copyConfirmed(db.pool, keyring)
    findings.push(
      day === undefined
        ? serious(
            'keys',
            'no copy of them is confirmed. Your move: copy the file, then npm run keys -- confirm FILE',
          )
        : good('keys', `a copy was confirmed on ${day}`),
    )
  }
  const stand = await keysStand(db.pool)
  if (stand !== undefined) findings.push(standOf(stand, now))
  const last = await lastBackup(db)
  const wrong = backupWords(last, now)
  findings.push(
    wrong === undefined
      ? good('backup', `the last is of ${last?.toISOString().slice(0, 10)}`)
      : serious('backup', wrong),
  )
  if ((await restoredFact(db.pool)) !== undefined)
    findings.push(must('restore', 'what waited in the backup is held. Your move: npm run restore -- held'))
  return findings
}

/** Days after which a key that is renewed every thirty should have been. */
const LATE_DAYS = 40
const DAY_MS = 86_400_000

function standOf({ since, waits, locked, left }: KeysStand, now: Date): Finding {
  const days = Math.floor((now.getTime() - new Date(since).getTime()) / DAY_MS)
  if (locked) return note('outer key', 'the key file may not be written by Balai. Your move: docs/keys.md')
  if (waits)
    return note(
      'outer key',
      'a new one waits until a copy of it is kept. Your move: npm run backup, then npm run keys -- renew',
    )
  if (left > 0)
    return note('outer key', `${left} values are under an older one still. Your move: npm run keys -- renew`)
  return days > LATE_DAYS
    ? note('outer key', `in use for ${days} days. Your move: npm run keys -- renew (docs/keys.md)`)
    : good('outer key', `in use for ${days} days`)
}
