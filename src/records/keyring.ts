import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { z } from 'zod'

/**
 * The keys that never enter the database. `lookup` makes keyed hashes and stays for the life of the
 * installation; outer keys wrap data keys, the last one is in use, older ones still open what they wrapped.
 */
export type Keyring = { lookup: Buffer; outer: { id: number; key: Buffer }[] }

const base64Key = z.string().transform((text, context) => {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) context.addIssue('is not a key of 32 bytes in base64')
  return key
})
const KeyFile = z.object({
  lookup: base64Key,
  outer: z.array(z.object({ id: z.number().int().min(1).max(65_535), key: base64Key })).min(1),
})

/** A ring of fresh keys, for a first start or a test. */
export function makeKeyring(): Keyring {
  return { lookup: randomBytes(32), outer: [{ id: 1, key: randomBytes(32) }] }
}

/**
 * Reads the key file. With `make`, a missing file is written with mode 0600 and synced before it is used:
 * a key that is lost after the first sealed word would take the word with it.
 */
export async function loadKeyring(file: string, options: { make: boolean }): Promise<Keyring> {
  if (!existsSync(file)) {
    if (!options.make) {
      throw new Error(
        `The sealing key ${file} is missing. Put the file back from its safe place, then start again.`,
      )
    }
    const ring = makeKeyring()
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(toFile(ring), null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return ring
  }
  chmodSync(file, 0o600)
  const read = KeyFile.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) throw new Error(`The sealing key ${file} is damaged: ${z.prettifyError(read.error)}`)
  return read.data
}

function toFile(ring: Keyring) {
  return {
    lookup: ring.lookup.toString('base64'),
    outer: ring.outer.map(({ id, key }) => ({ id, key: key.toString('base64') })),
  }
}

/** A key of its own for one purpose (web sessions, file links), so that no key is used for two things. */
export function keyFor(ring: Keyring, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', ring.lookup, '', `balai ${purpose}`, 32))
}

/** Tells two rings apart without showing either; stored in the database it belongs to. */
export function fingerprint(ring: Keyring): string {
  return createHmac('sha256', ring.lookup).update('fingerprint').digest('base64url').slice(0, 16)
}
