import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { FilePlace } from './records/file-place.ts'
import { openBucket } from './records/object-store.ts'
import { openFolder } from './records/sealed-files.ts'

/** Where citizens' files lie by this configuration: new ones in the first, older ones perhaps in the second. */
export function filePlaces({
  dataDir,
  objectStore,
}: Pick<Config, 'dataDir' | 'objectStore'>): [FilePlace, ...FilePlace[]] {
  const here = openFolder(join(dataDir, 'files'))
  return objectStore === undefined ? [here] : [openBucket(objectStore), here]
}

/** The file with the keys by this configuration. */
export function keyFileOf({ sealingKeyFile, dataDir }: Pick<Config, 'dataDir' | 'sealingKeyFile'>): string {
  return sealingKeyFile ?? join(dataDir, 'sealing.key')
}

/** Makes DATA_DIR. Others may pass through, since the database's own user may have to, and read nothing, not even names. */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
}
