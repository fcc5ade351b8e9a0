import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { makeBackup } from '../../src/backup/make-backup.ts'
import { restoreBackup } from '../../src/backup/restore-backup.ts'
import type { DatabaseAddress } from '../../src/records/address.ts'
import type { Db } from '../../src/records/db.ts'
import type { Keyring } from '../../src/records/keyring.ts'
import { checkKeyring } from '../../src/records/own-database.ts'
import { openFolder } from '../../src/records/sealed-files.ts'

/** A folder of this test file's own, removed after it. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balai-backup-test-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

let minute = 0

/** Makes backups of this database, one a minute, into `home/backups`; files lie in `home/files`. */
export async function backupsOf(
  home: string,
  { db, address }: { db: Db; address: DatabaseAddress },
  keyring: Keyring,
) {
  await checkKeyring(db, keyring)
  return () => {
    minute += 1
    return makeBackup({
      address,
      keyring,
      places: [openFolder(join(home, 'files'))],
      into: join(home, 'backups'),
      balai: 'test',
      now: new Date(Date.UTC(2026, 10, 23, 2, minute)),
    })
  }
}

/** Brings a backup into this database, files into `home/restored`. */
export function restoreTo(home: string, address: DatabaseAddress, keyring: Keyring, folder: string) {
  const place = openFolder(join(home, 'restored'))
  return restoreBackup({ folder, keyring, address, place, now: new Date('2026-11-24T02:00:00Z') })
}
