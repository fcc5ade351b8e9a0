import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { passphraseLock, sealKeys } from '../../../src/backup/key-envelope.ts'
import { makeBackup } from '../../../src/backup/make-backup.ts'
import { openLog } from '../../../src/lib/log.ts'
import { joinEmbedded } from '../../../src/records/embedded/start.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import { openFolder } from '../../../src/records/sealed-files.ts'

/** Everything a thief of a backup has, keys as they lie beside it included, unzipped; one stretch of bytes. */
export async function backupOf(dataDir: string, keyring: Keyring): Promise<Buffer> {
  const into = await mkdtemp(join(tmpdir(), 'balai-accept-backup-'))
  const embedded = await joinEmbedded({ dataDir, log: openLog('silent') })
  try {
    const { folder } = await makeBackup({
      address: embedded.owner,
      places: [openFolder(join(dataDir, 'files'))],
      keyring,
      into,
      balai: 'accept',
      now: new Date(),
    })
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    const parts = await Promise.all(
      files
        .filter(file => file.isFile())
        .map(async ({ parentPath, name }) => {
          const bytes = await readFile(join(parentPath, name))
          return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
        }),
    )
    const keys = await sealKeys(keyring, passphraseLock('empat kata yang panjang'))
    return Buffer.concat([...parts, Buffer.from(keys)])
  } finally {
    await embedded.stop()
    await rm(into, { recursive: true, force: true })
  }
}
