import { statSync } from 'node:fs'
import { type Keyring, readKeysIn } from './records/keyring.ts'
import type { Sealing } from './records/sealing.ts'

/** Nothing is sealed by a key that another process made before it was met; this is for those that meet none for long. */
const LOOK_MS = 60_000

/** Goes on with the keys of the file whenever it changed. */
export function watchKeyFile(file: string, sealing: Pick<Sealing, 'use'>): { stop(): void } {
  let written = writtenAt(file)
  const timer = setInterval(() => {
    const now = writtenAt(file)
    if (now === written) return
    written = now
    const ring: Keyring | undefined = readKeysIn(file)
    if (ring !== undefined) sealing.use(ring)
  }, LOOK_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

function writtenAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
