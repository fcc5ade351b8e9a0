import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/**
 * The keys that never enter the database. `lookup` makes keyed hashes and stays for the life of the
 * installation; outer keys wrap data keys, the last one is in use, older ones still open what they wrapped.
 */
export type Keyring = {
  lookup: Buffer
  outer: OuterKey[]
  /** Made to be the next outer key, and not used before a copy of it is kept elsewhere: see `outer-keys.ts`. */
  next?: { id: number; key: Buffer }
}

/** ISO times: `from` when it was put in use (absent: from the beginning), `left` since when nothing that lives is wrapped by it. */
export type OuterKey = { id: number; key: Buffer; from?: string; left?: string }

const base64Key = z.string().transform((text, context) => {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) context.addIssue('is not a key of 32 bytes in base64')
  return key
})
const id = z.number().int().min(1).max(65_535)
const moment = z.iso.datetime().exactOptional()
const KeyFile = z.object({
  lookup: base64Key,
  outer: z.array(z.object({ id, key: base64Key, from: moment, left: moment })).min(1),
  next: z.object({ id, key: base64Key }).exactOptional(),
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
    await writeKeyFile(file, ring)
    return ring
  }
  closeToOthers(file)
  const ring = readKeyText(readFileSync(file, 'utf8'))
  if (ring === undefined) throw new Error(`The sealing key ${file} is damaged: it is not what Balai wrote.`)
  return ring
}

/** Where it cannot be done (a secret that is mounted, another owner) the doctor says so; nobody would be helped by not starting. */
function closeToOthers(file: string): void {
  if ((statSync(file).mode & 0o077) === 0) return
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    if (!['EPERM', 'EROFS', 'EACCES'].includes(String((error as NodeJS.ErrnoException).code))) throw error
  }
}

/** Writes a key file that was not there, with mode 0600, synced. Throws EEXIST when it is. */
export async function writeKeyFile(file: string, ring: Keyring): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(keyText(ring))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a key file in the place of one that is there: the old one or the new one, whenever the power fails. */
export async function replaceKeyFile(file: string, ring: Keyring): Promise<void> {
  const fresh = `${file}.new`
  await rm(fresh, { force: true })
  await writeKeyFile(fresh, ring)
  await rename(fresh, file)
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A ring as its file holds it. */
export function keyText(ring: Keyring): string {
  const written = <K extends { key: Buffer }>(one: K) => ({ ...one, key: one.key.toString('base64') })
  const file = {
    lookup: ring.lookup.toString('base64'),
    outer: ring.outer.map(written),
    ...(ring.next === undefined ? {} : { next: written(ring.next) }),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** The ring in such a text; undefined when it holds none. */
export function readKeyText(text: string): Keyring | undefined {
  try {
    return KeyFile.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}

/** The keys in a file as it is now; undefined where there is none, or none of ours. */
export function readKeysIn(file: string): Keyring | undefined {
  return existsSync(file) ? readKeyText(readFileSync(file, 'utf8')) : undefined
}

/** A key of its own for one purpose (web sessions, file links), so that no key is used for two things. */
export function keyFor(ring: Keyring, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', ring.lookup, '', `balai ${purpose}`, 32))
}

/** Whether two rings hold the same keys, every outer key included. */
export function isSameRing(one: Keyring, other: Keyring): boolean {
  return ringMark(one) === ringMark(other)
}

/** Changes when any key does, and with nothing else; shows none. A key that is put in use is the same key. */
export function ringMark({ lookup, outer, next }: Keyring): string {
  const keys = [...outer, ...(next === undefined ? [] : [next])].map(({ id, key }) => ({ id, key }))
  const text = keyText({ lookup, outer: keys })
  return createHmac('sha256', lookup).update(text).digest('base64url').slice(0, 22)
}

/** Tells two rings apart without showing either; stored in the database it belongs to. */
export function fingerprint(ring: Keyring): string {
  return createHmac('sha256', ring.lookup).update('fingerprint').digest('base64url').slice(0, 16)
}
